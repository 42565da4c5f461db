//! The certifier takes the mission back from whoever it was offered or given to.

use entity::ids::MissionId;
use entity::mission::{self, MissionState};

use super::{close_offer, forget_waiting, invitation, record, release, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::events::InvitationMethod;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::labels;
use crate::features::missions::state::Step;
use crate::features::missions::state::offer::OfferStep;

/// Withdraws the mission.
///
/// # Errors
/// An empty reason; the refusals of every act.
pub async fn withdraw(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    reason: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionManage, &dossier.facts())?;
    dossier.check_version(version)?;
    let held = dossier.mission.state == MissionState::Accepted;
    dossier.next(Step::Withdraw)?;
    let reason = read_reason("/reason", reason, labels::faults::WITHDRAWAL_WANTS_REASON)?;
    close_offer(tx, &mut dossier, OfferStep::TakeBack, |_| {}).await?;
    forget_waiting(tx, &mut dossier).await?;
    if held {
        release(tx.conn(), id).await?;
    }
    let kept = reason.clone();
    let line = step(tx, &mut dossier, Step::Withdraw, |mission| {
        mission.reason = Some(kept);
        mission.sequence += i32::from(held);
    })
    .await?;
    let cancelled = held.then(|| invitation(&dossier, InvitationMethod::Cancel));
    record(tx, &grant, &dossier, line, What::Withdrawn { reason: &reason, cancelled }).await?;
    Ok(dossier.mission)
}
