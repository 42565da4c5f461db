//! A session that is not held at its dates, or at all: its rooms and those who teach are free, everybody is told, and its
//! enrolments follow by a job of their own.

use entity::ids::{TrainingSessionId, TrainingSlotId};
use entity::training_session::{self, SessionCause};

use super::super::events::{Change, FOLLOW_JOB, Told, What};
use super::super::input::TypedEnd;
use super::super::load::Enrolled;
use super::super::state::{Step, has_begun};
use super::super::{TrainingError, labels, wording};
use super::{Opened, open, places, plan};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::training::cancellation::provider_may_cancel;

/// Postpones a session: it has no half-day any more and waits for others; those who had a seat wait with it.
///
/// # Errors
/// Every fault; too late, but for force majeure; the state, [`TrainingError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn postpone(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &TypedEnd,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    let line = opened.whole.next(Step::Postpone)?;
    let (cause, reason) = typed.read()?;
    in_time(tx, &opened, cause).await?;
    let mut told = told(&mut opened, Change::Postponed);
    told.people = Told::everybody(&opened.whole, Change::Postponed).people;
    let slots: Vec<TrainingSlotId> = opened.whole.slots.iter().map(|slot| slot.row.id).collect();
    plan::drop_slots(tx, &opened.whole, &slots).await?;
    places::release_people(tx, id).await?;
    places::release_rooms(tx, id).await?;
    let kept = reason.clone();
    opened
        .walk(tx, line, |session| {
            session.starts_on = None;
            session.ends_on = None;
            session.starts_at = None;
            session.ends_at = None;
            session.enrol_until = None;
            session.confirmed_at = None;
            session.summoned_at = None;
            session.cause = Some(cause);
            session.reason = Some(kept);
        })
        .await?;
    opened.read_again(tx).await?;
    let what = What::Stepped { line, cause: Some(cause), reason: &reason };
    opened.record(tx, what, told, Some(FOLLOW_JOB)).await
}

/// Cancels a session. Those who enrolled are told by the end of their enrolment.
///
/// # Errors
/// The same.
pub async fn cancel(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &TypedEnd,
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    let line = opened.whole.next(Step::Cancel)?;
    let (cause, reason) = typed.read()?;
    if !has_begun(opened.whole.session.state) {
        in_time(tx, &opened, cause).await?;
    }
    let told = told(&mut opened, Change::Cancelled);
    places::release_people(tx, id).await?;
    places::release_rooms(tx, id).await?;
    let (now, kept) = (tx.instant(), reason.clone());
    opened
        .walk(tx, line, |session| {
            session.cancelled_at = Some(now);
            session.cause = Some(cause);
            session.reason = Some(kept);
        })
        .await?;
    let what = What::Stepped { line, cause: Some(cause), reason: &reason };
    opened.record(tx, what, told, Some(FOLLOW_JOB)).await
}

/// Those who teach, their calendars one change further, with the dates that they knew.
fn told(opened: &mut Opened, change: Change) -> Told {
    opened.whole.session.sequence += 1;
    let when = Some(wording::dates(&opened.whole.session));
    Told { when, ..Told::trainers(&opened.whole, change) }
}

/// A session with people is given up in time, but for force majeure (domain reference, 4.9).
async fn in_time(tx: &Tx, opened: &Opened, cause: SessionCause) -> Result<(), TrainingError> {
    let session = &opened.whole.session;
    let Some(starts_on) = session.starts_on.filter(|_| opened.whole.people.iter().any(Enrolled::has_seat))
    else {
        return Ok(());
    };
    let rules = settings::cancellation_rules(tx.conn()).await?;
    let today = day_in_zone(tx.now(), &session.zone);
    if provider_may_cancel(today, starts_on, cause == SessionCause::ForceMajeure, &rules) {
        return Ok(());
    }
    Err(TrainingError::fault("/cause", "too-late", labels::too_late(rules.provider_days)))
}
