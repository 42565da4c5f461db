//! Sends the provisional report; the structure has the delay of the settings to comment (row 13).

use entity::agreement_request;
use entity::ids::AgreementRequestId;
use sea_orm::ActiveValue::Set;

use super::record_visit::{stored, tally};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::state::Step;
use crate::features::settings;
use crate::rules::deadline::add_days;

/// Sends the report.
///
/// # Errors
/// The refusals of every act.
pub async fn send_report(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestReport, &dossier.facts())?;
    dossier.check_version(version)?;
    let delays = settings::agreement_delays(tx.conn()).await?;
    let due_on = add_days(dossier.today(tx.now()), i32::from(delays.comment_days));
    let due_at = dossier.end_of(due_on);
    let tally = tally(&stored(tx, &dossier.request).await?);
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::SendReport, |row| {
            row.report_sent_at = Set(Some(now));
            row.comments_due_at = Set(Some(due_at.into()));
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::ReportSent { tally, comments_due_at: due_at }).await?;
    Ok(dossier.request)
}
