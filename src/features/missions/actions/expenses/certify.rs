//! The team says that the service was done, or sends the claim back to be corrected.

use entity::ids::MissionId;
use entity::mission::{self, MissionState};

use super::super::{record, record_act, save, step};
use super::{moved, save_claim};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::state::claim::{ClaimStep, SERVICE_DONE};
use crate::features::missions::state::{InvalidStep, Step};
use crate::features::missions::{MissionError, labels};

/// Says that the service was done: the claim goes to the list of what is to be paid.
///
/// # Errors
/// A claim that does not wait for it; the refusals of every act.
pub async fn certify(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionCertify, &dossier.facts())?;
    dossier.check_version(version)?;
    let from = dossier.mission.state;
    if from != MissionState::ExpensesClaimed {
        return Err(InvalidStep { from, step: Step::Settle }.into());
    }
    let mut claim = moved(tx, &dossier, ClaimStep::Certify).await?;
    claim.certified_at = Some(tx.instant());
    claim.certified_by = tx.actor().account_id();
    save_claim(tx, &claim).await?;
    save(tx, &mut dossier, |_| {}).await?;
    record_act(tx, &grant, &dossier, SERVICE_DONE, What::Certified { claim: &claim }).await?;
    Ok(dossier.mission)
}

/// Sends the claim back, with what is to be corrected.
///
/// # Errors
/// An empty reason; a claim that was already certified; the refusals of every act.
pub async fn return_claim(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    reason: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionCertify, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::ReturnClaim)?;
    let reason = read_reason("/reason", reason, labels::faults::RETURN_WANTS_REASON)?;
    let mut claim = moved(tx, &dossier, ClaimStep::Return).await?;
    claim.return_reason = Some(reason.clone());
    save_claim(tx, &claim).await?;
    let line = step(tx, &mut dossier, Step::ReturnClaim, |_| {}).await?;
    record(tx, &grant, &dossier, line, What::ClaimReturned { reason: &reason }).await?;
    Ok(dossier.mission)
}
