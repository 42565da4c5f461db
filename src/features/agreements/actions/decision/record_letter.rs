//! Records the registered letter that took a refusal to the structure: its number and its days, again once the post has
//! presented it. The decision stays as it was given.

use entity::decision::Outcome;
use entity::ids::{AgreementRequestId, DecisionId};
use entity::{agreement_request, decision_letter};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait};

use crate::authz::{Denied, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::{Letter, LetterInput};
use crate::features::agreements::labels;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Records the letter of the refusal in force, in place of what was recorded of it.
///
/// # Errors
/// A decision that is no refusal; every fault of the letter at once; the refusals of every act.
pub async fn record_letter(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    input: &LetterInput,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestLetter, &dossier.facts())?;
    dossier.check_version(version)?;
    let last = dossier.last_decision(tx.conn()).await?;
    let refusal = last.filter(|decision| decision.outcome == Outcome::Refuse).ok_or_else(|| {
        AgreementError::blocked("letter-without-refusal", labels::steps::LETTER_WITHOUT_REFUSAL, Vec::new())
    })?;
    // It leaves the certifier and arrives at the structure, whose days may differ.
    let decided_on = day_in_zone(*refusal.decided_at, PARIS).min(dossier.today(*refusal.decided_at));
    let today = day_in_zone(tx.now(), PARIS).max(dossier.today(tx.now()));
    let letter = input.read(decided_on, today).map_err(AgreementError::Invalid)?;
    let letter = keep(tx, refusal.id, letter).await?;
    dossier.change(tx, |_| ()).await?;
    record_act(tx, &grant, &dossier, What::LetterRecorded { letter: &letter }).await?;
    Ok(dossier.request)
}

async fn keep(
    tx: &Tx,
    decision: DecisionId,
    letter: Letter,
) -> Result<decision_letter::Model, AgreementError> {
    let known = decision_letter::Entity::find_by_id(decision).one(tx.conn()).await?;
    let row = decision_letter::ActiveModel {
        decision_id: Set(decision),
        number: Set(letter.number),
        sent_on: Set(letter.sent_on),
        presented_on: Set(letter.presented_on),
        recorded_by: Set(tx.actor().account_id().ok_or(Denied::Anonymous)?),
        recorded_at: Set(tx.instant()),
    };
    let kept = if known.is_some() { row.update(tx.conn()).await? } else { row.insert(tx.conn()).await? };
    Ok(kept)
}
