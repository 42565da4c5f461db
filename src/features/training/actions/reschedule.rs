//! Other dates for a session that was postponed: those who wait with it are asked anew.

use entity::ids::TrainingSessionId;
use entity::training_session;

use super::super::events::{FOLLOW_JOB, Told, What};
use super::super::input::{TypedSlot, read_slots};
use super::super::state::Step;
use super::super::{TrainingError, labels};
use super::{open, places, plan};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::settings;
use crate::rules::deadline::add_days;

/// Gives a session other half-days, all to come, and opens it again. Those who had a seat get one again in the order of
/// their coming, for the time of their answer.
///
/// # Errors
/// Every fault; a room that is taken; the state, [`TrainingError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn reschedule(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &[TypedSlot],
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    let line = opened.whole.next(Step::Reschedule)?;
    let read = read_slots(typed, &opened.whole.session.zone, tx.app().today())?;
    let Some(first) = read.first() else {
        return Err(TrainingError::fault("/slots", "missing", labels::SLOTS_WANTED));
    };
    if first.starts_at <= tx.now() {
        return Err(vec![Fault::new("/slots", "past", labels::SLOTS_TO_COME)].into());
    }
    let day = first.day;
    plan::write(tx, &mut opened, &read).await?;
    places::hold_rooms(tx, &opened.whole).await?;
    let rules = settings::enrolment_rules(tx.conn()).await?;
    let now = tx.instant();
    opened
        .walk(tx, line, |session| {
            session.enrol_until = Some(add_days(day, -i32::from(rules.close_days)));
            session.opened_at = Some(now);
            session.cause = None;
            session.reason = None;
        })
        .await?;
    let what = What::Stepped { line, cause: None, reason: "" };
    opened.record(tx, what, Told::default(), Some(FOLLOW_JOB)).await
}
