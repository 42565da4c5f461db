//! The mission does not take place: the person and the structure are told, when they had been told that it would.

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
use crate::features::missions::state::offer::OfferStep;
use crate::features::missions::state::{Step, is_held};

/// Cancels the mission.
///
/// # Errors
/// An empty cause; the refusals of every act.
pub async fn cancel(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    cause: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionManage, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Cancel)?;
    let cause = read_reason("/reason", cause, labels::faults::CANCELLATION_WANTS_CAUSE)?;
    let before = dossier.mission.state;
    let held = is_held(before);
    let told = held || before == MissionState::Proposed;
    // The structure was told as soon as somebody had accepted, and still waits for somebody.
    let announced = dossier.mission.accepted_at.is_some();
    if dossier.open_offer().is_some() {
        close_offer(tx, &mut dossier, OfferStep::Cancel, |_| {}).await?;
    }
    forget_waiting(tx, &mut dossier).await?;
    release(tx.conn(), id).await?;
    let kept = cause.clone();
    let line = step(tx, &mut dossier, Step::Cancel, |mission| {
        mission.reason = Some(kept);
        mission.sequence += 1;
    })
    .await?;
    let cancelled = invitation(&dossier, InvitationMethod::Cancel);
    let what = What::Cancelled { cause: &cause, cancelled, held, told, announced };
    record(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.mission)
}
