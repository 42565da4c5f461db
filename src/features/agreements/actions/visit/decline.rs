//! The contrôleur cannot make the visit: the file goes back to be given to someone else (row 9).

use entity::agreement_request;
use entity::ids::AgreementRequestId;
use sea_orm::ActiveValue::Set;

use super::invitation::controller_name;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::input::required;
use crate::features::agreements::state::{self, Step};

/// Declines the visit.
///
/// # Errors
/// An empty reason; the refusals of every act.
pub async fn decline(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestDecline, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::Decline)?;
    let reason = required("/reason", reason, "Dites en quelques mots pourquoi vous déclinez")
        .map_err(|fault| AgreementError::Invalid(vec![fault]))?;
    let controller = controller_name(tx, &dossier).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Decline, |row| {
            row.controller_id = Set(None);
            row.assigned_at = Set(None);
            row.given_back_at = Set(Some(now));
            row.tie_override = Set(None);
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Declined { controller_name: &controller, reason: &reason })
        .await?;
    Ok(dossier.request)
}
