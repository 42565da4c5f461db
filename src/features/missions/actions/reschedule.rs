//! Other dates: the same person, the same number, calendars moved.

use entity::ids::MissionId;
use entity::mission::{self, MissionState};
use time::OffsetDateTime;

use super::{hold, invitation, record, release, step};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::error::Faults;
use crate::events::InvitationMethod;
use crate::features::missions::dossier::{Dossier, locked_expert};
use crate::features::missions::events::What;
use crate::features::missions::input::{Dates, dates, reason as read_reason};
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
    let dossier = Dossier::locked(tx, id).await?;
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
    shift(tx, &grant, dossier, &wanted, &reason).await
}

/// Moves a mission with the thing that it is for, by the right that the actor has on that thing; one that is not ahead stays.
///
/// # Errors
/// A person who may not hold it on these days, in words; what the database answers.
pub async fn follow_dates(
    tx: &mut Tx,
    grant: &Grant,
    id: MissionId,
    (starts_at, ends_at): (OffsetDateTime, OffsetDateTime),
    reason: &str,
) -> Result<(), MissionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let same = (*dossier.mission.starts_at, *dossier.mission.ends_at) == (starts_at, ends_at);
    if same || dossier.next(Step::Move).is_err() {
        return Ok(());
    }
    let wanted = Dates { starts_at, ends_at, zone: dossier.mission.zone.clone() };
    shift(tx, grant, dossier, &wanted, reason).await.map(|_| ())
}

async fn shift(
    tx: &mut Tx,
    grant: &Grant,
    mut dossier: Dossier,
    wanted: &Dates,
    reason: &str,
) -> Result<mission::Model, MissionError> {
    let id = dossier.mission.id;
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
    record(tx, grant, &dossier, line, What::Moved { invitation, previous_at, reason }).await?;
    Ok(dossier.mission)
}
