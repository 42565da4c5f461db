//! Records the registered letter that took an act to the structure: what it opens a delay from.

use entity::agreement;
use entity::ids::{AgreementId, RightActId};
use entity::right_act::Model as Act;
use time::Date;

use super::notice::permission;
use super::{locked_act, open, record, save, touch};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::LifeWhat;
use crate::features::agreements::input::required;
use crate::rules::deadline::day_in_zone;

/// The event of a letter.
const LINE: (&str, &str) = ("agreement.letter_recorded", "AGREMENT_LETTER");

/// Records the letter of an act, in place of what was recorded of it.
///
/// # Errors
/// No number; a day before the act or to come; the refusals of every act.
pub async fn record_act_letter(
    tx: &mut Tx,
    id: AgreementId,
    act: RightActId,
    number: &str,
    sent_on: Option<Date>,
) -> Result<agreement::Model, AgreementError> {
    let kind = {
        let seen = open(tx, id, None, Permission::AgreementView).await?;
        locked_act(tx, seen.agreement.id, act).await?.kind
    };
    let opened = open(tx, id, None, permission(kind)).await?;
    let row = locked_act(tx, id, act).await?;
    let asked_on = day_in_zone(*row.asked_at, &opened.dossier.structure.zone);
    let mut faults = Vec::new();
    let number = required("/number", number, "Indiquez le numéro de la lettre recommandée");
    let number = number.map_err(|fault| faults.push(fault)).unwrap_or_default();
    let day = match sent_on {
        Some(day) if day < asked_on => Err("La lettre n’a pas pu partir avant l’acte"),
        Some(day) if day > opened.today => Err("Indiquez un jour qui n’est pas à venir"),
        Some(day) => Ok(day),
        None => Err("Indiquez le jour de l’envoi"),
    };
    let sent_on = match day {
        Ok(day) => Some(day),
        Err(message) => {
            faults.push(Fault::new("/sent_on", "letter-day", message));
            None
        }
    };
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    let row = Act { letter_number: Some(number), letter_sent_on: sent_on, ..row };
    let row = save(tx, row).await?;
    let agreement = touch(tx, opened.agreement).await?;
    let what = LifeWhat::LetterRecorded { act: &row };
    record(tx, &opened.grant, (&agreement, &opened.dossier), LINE, (None, None), what).await?;
    Ok(agreement)
}
