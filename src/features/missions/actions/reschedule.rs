//! Other dates: the same person, the same number, calendars moved.

use entity::ids::MissionId;
use entity::mission::{self, MissionState};
use time::OffsetDateTime;

use super::{hold, invitation, record, release, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::events::InvitationMethod;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::input::{dates, reason as read_reason};
use crate::features::missions::standing::{self, Need};
use crate::features::missions::state::Step;
use crate::features::missions::{MissionError, labels};

/// Moves the mission; `typed` is the first day, its hour, the last day, its hour.
///
/// # Errors
/// Every fault; a person who may not hold it on these days, in words; the refusals of every act.
pub async fn reschedule(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    typed: [&str; 4],
    reason: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionManage, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Move)?;
    let mut faults = Faults::default();
    let wanted = dates(&dossier.mission.zone, typed, &mut faults);
    let wanted = faults.or(wanted)?;
    let reason = read_reason("/reason", reason, labels::faults::MOVE_WANTS_REASON)?;
    if wanted.starts_at <= tx.now() {
        return Err(MissionError::fault("/starts_on", "in-the-past", labels::faults::IN_THE_PAST));
    }
    let previous_at: OffsetDateTime = *dossier.mission.starts_at;
    let held = dossier.mission.state == MissionState::Accepted;
    dossier.expert = locked_expert(tx, dossier.mission.expert_id).await?;
    dossier.mission.starts_at = wanted.starts_at.into();
    dossier.mission.ends_at = wanted.ends_at.into();
    let found = standing::of(tx.conn(), &Need::of(&dossier), &dossier.expert, tx.now()).await?;
    found.check(dossier.mission.tie_override.as_deref())?;
    if held {
        release(tx.conn(), id).await?;
        hold(tx, &dossier).await?;
    }
    let line = step(tx, &mut dossier, Step::Move, |mission| mission.sequence += 1).await?;
    let invitation = held.then(|| invitation(&dossier, InvitationMethod::Request));
    record(tx, &grant, &dossier, line, What::Moved { invitation, previous_at, reason: &reason }).await?;
    Ok(dossier.mission)
}
