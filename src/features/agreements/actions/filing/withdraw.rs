//! The structure gives up (row 23).

use entity::agreement_request;
use entity::ids::AgreementRequestId;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::actions::visit::{cancelled, give_back};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::state::Step;

/// Withdraws the request; the reason is not demanded.
///
/// # Errors
/// A decision already taken; the refusals of every act.
pub async fn withdraw(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    reason: &str,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestWithdraw, &dossier.facts())?;
    dossier.check_version(version)?;
    let cancelled = cancelled(&dossier);
    if cancelled.is_some() {
        give_back(tx, &dossier).await?;
    }
    let line = dossier.step(tx, Step::Withdraw, |_| {}).await?;
    record_step(tx, &grant, &dossier, line, What::Withdrawn { reason: reason.trim(), cancelled }).await?;
    Ok(dossier.request)
}
