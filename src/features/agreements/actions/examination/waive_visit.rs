//! Does without the visit, with a reason: a renewal after a recent clean control, for instance (row 16).

use entity::agreement_request::{self, Opinion};
use entity::ids::AgreementRequestId;
use sea_orm::ActiveValue::Set;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};

/// Waives the visit.
///
/// # Errors
/// An empty reason; the refusals of every act.
pub async fn waive_visit(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestWaive, &dossier.facts())?;
    dossier.check_version(version)?;
    state::next(dossier.request.state, Step::WaiveVisit)?;
    let reason = required("/reason", reason, "Dites pourquoi la visite n’est pas nécessaire")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::WaiveVisit, |row| {
            row.visit_waived_reason = Set(Some(reason.clone()));
            row.opinion = Set(Some(Opinion::Favourable));
            row.opinion_text = Set(Some(reason.clone()));
            row.opinion_at = Set(Some(now));
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Waived { reason: &reason }).await?;
    Ok(dossier.request)
}
