//! The steps that ask nothing but what the session lacks: open, withdraw, confirm, go back, start, end, close, reopen, restore.

use entity::ids::TrainingSessionId;
use entity::training_session;

use super::super::events::{Change, FOLLOW_JOB, Told, What};
use super::super::known::lacks;
use super::super::state::Step;
use super::super::{TrainingError, labels};
use super::{Opened, open, places};
use crate::authz::Permission;
use crate::db::Tx;

/// Takes a step of the table. Postponing, other dates and cancelling are acts of their own.
///
/// # Errors
/// [`TrainingError::Lacking`] with everything that lacks, [`TrainingError::WrongTime`], a room or a trainer taken meanwhile;
/// the state, [`TrainingError::Stale`], the refusal of the policy, what the database answers.
pub async fn step(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    step: Step,
) -> Result<training_session::Model, TrainingError> {
    let opened = open(tx, id, seen, permission(step)).await?;
    Box::pin(take(tx, opened, step)).await
}

/// Starts or ends a session whose time has come, for the program or for the team.
///
/// # Errors
/// The same.
pub async fn advance(
    tx: &mut Tx,
    id: TrainingSessionId,
    step: Step,
) -> Result<training_session::Model, TrainingError> {
    let opened = open(tx, id, None, Permission::TrainingAdvance).await?;
    Box::pin(take(tx, opened, step)).await
}

/// Who takes a step: the program starts and ends what is confirmed.
const fn permission(step: Step) -> Permission {
    match step {
        Step::Start | Step::Finish => Permission::TrainingAdvance,
        _ => Permission::TrainingManage,
    }
}

async fn take(tx: &mut Tx, mut opened: Opened, step: Step) -> Result<training_session::Model, TrainingError> {
    let line = opened.whole.next(step)?;
    if matches!(step, Step::Postpone | Step::Reschedule | Step::Cancel) {
        return Err(TrainingError::Fixed);
    }
    check_time(tx, &opened, step)?;
    let lacking = lacks(tx.conn(), &opened.whole, step).await?;
    if !lacking.is_empty() {
        return Err(TrainingError::Lacking(
            lacking.into_iter().map(|lack| labels::lack(lack).to_owned()).collect(),
        ));
    }
    if step == Step::Restore {
        // Its rooms and those who teach may have been taken meanwhile.
        places::hold_rooms(tx, &opened.whole).await?;
        places::hold_people(tx, &opened.whole).await?;
    }
    let now = tx.instant();
    opened.walk(tx, line, |session| stamp(session, step, now)).await?;
    let told = match step {
        Step::Confirm => Told::everybody(&opened.whole, Change::Confirmed),
        Step::Unconfirm => Told::everybody(&opened.whole, Change::Unconfirmed),
        _ => Told::default(),
    };
    let follow = (step == Step::Finish).then_some(FOLLOW_JOB);
    opened.record(tx, What::Stepped { line, cause: None, reason: "" }, told, follow).await
}

/// What has begun is not opened, and nothing starts or ends before its time.
fn check_time(tx: &Tx, opened: &Opened, step: Step) -> Result<(), TrainingError> {
    let session = &opened.whole.session;
    let passed = |at: Option<entity::Instant>| at.is_some_and(|at| *at <= tx.now());
    match step {
        Step::Open | Step::Unconfirm if passed(session.starts_at) => {
            Err(TrainingError::WrongTime { early: false })
        }
        Step::Start if !passed(session.starts_at) => Err(TrainingError::WrongTime { early: true }),
        Step::Finish if !passed(session.ends_at) => Err(TrainingError::WrongTime { early: true }),
        _ => Ok(()),
    }
}

fn stamp(session: &mut training_session::Model, step: Step, now: entity::Instant) {
    match step {
        Step::Open => session.opened_at = Some(now),
        Step::Confirm => {
            session.confirmed_at = Some(now);
            session.opened_at = session.opened_at.or(Some(now));
        }
        Step::Unconfirm => session.confirmed_at = None,
        Step::Start => session.started_at = Some(now),
        Step::Finish => session.ended_at = Some(now),
        Step::Close => session.closed_at = Some(now),
        Step::Reopen => session.closed_at = None,
        Step::Restore => {
            session.cancelled_at = None;
            session.cause = None;
            session.reason = None;
            session.sequence += 1;
        }
        Step::Withdraw | Step::Postpone | Step::Reschedule | Step::Cancel => {}
    }
}
