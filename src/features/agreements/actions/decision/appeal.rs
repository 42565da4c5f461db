//! The structure contests a refusal, within the delay, with reasons (row 24).

use entity::ids::AgreementRequestId;
use entity::{agreement_request, appeal as appeals};
use sea_orm::{ActiveValue::Set, EntityTrait};

use crate::authz::{Denied, Permission};
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};
use crate::features::settings;
use crate::rules::deadline::add_months;

/// Lodges the appeal.
///
/// # Errors
/// A delay that is over; an empty text; the refusals of every act.
pub async fn appeal(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    text: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestAppeal, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::LodgeAppeal)?;
    if dossier.request.appeal_until.is_some_and(|until| *until < tx.now()) {
        let detail = "Le délai de recours est passé.";
        return Err(AgreementError::blocked("appeal-too-late", detail, Vec::new()));
    }
    let text = required("/text", text, "Écrivez les motifs de votre recours")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let row = appeals::ActiveModel {
        id: Set(tx.new_id()),
        request_id: Set(id),
        text: Set(text),
        lodged_by: Set(tx.actor().account_id().ok_or(Denied::Anonymous)?),
        lodged_at: Set(tx.instant()),
        outcome: Set(None),
        reasons: Set(None),
        settled_by: Set(None),
        settled_at: Set(None),
    };
    appeals::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let answer_by = add_months(dossier.today(tx.now()), i32::from(delays.appeal_months));
    let decided_at = dossier.request.decided_at.map_or(tx.now(), |at| *at);
    let line = dossier.step(tx, Step::LodgeAppeal, |row| row.closed_at = Set(None)).await?;
    record_step(tx, &grant, &dossier, line, What::Appealed { decided_at, answer_by }).await?;
    Ok(dossier.request)
}
