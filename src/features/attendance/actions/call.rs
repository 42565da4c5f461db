//! Calls those who come to sign, once a day of the session: its first half-day calls for the others.

use entity::attendance_call;
use entity::ids::{EnrolmentId, TrainingSlotId};
use entity::training_session::SessionState;

use super::{keep_sent, make_link, sent_about};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::load::{self, Room, is_expected};
use crate::features::enrolments::seats::Seats;

/// Sends their link to everybody who is expected; false when it was done, or when there is nobody to write to.
///
/// # Errors
/// [`AttendanceError::NotFound`], the refusal of the policy, what the database answers.
pub async fn call(tx: &mut Tx, id: TrainingSlotId) -> Result<bool, AttendanceError> {
    let session = Room::of(tx.conn(), id).await?.session.id;
    Seats::lock(tx, session).await?;
    let room = Room::locked(tx, id).await?;
    let grant = tx.authorize(Permission::AttendanceDeadline, &room.facts(tx.actor()))?;
    let before = sent_about(tx, id).await?;
    let done = before.as_ref().is_some_and(|row| row.called_at.is_some());
    let held = matches!(room.session.state, SessionState::Confirmed | SessionState::InProgress);
    if done || !held {
        return Ok(false);
    }
    let slots = load::slots(tx.conn(), session).await?;
    let first = slots.iter().find(|slot| slot.day == room.slot.day);
    let mut people: Vec<(EnrolmentId, String)> = Vec::new();
    if first.is_some_and(|slot| slot.id == id) {
        for one in load::listed(tx.conn(), session).await? {
            if is_expected(one.state) && !one.email.is_empty() {
                people.push((one.id, make_link(tx, one.id).await?));
            }
        }
    }
    if people.is_empty() {
        return Ok(false);
    }
    let known = before.is_some();
    let mut row =
        before.unwrap_or(attendance_call::Model { slot_id: id, called_at: None, reminded_at: None });
    row.called_at = Some(tx.instant());
    keep_sent(tx, row, known).await?;
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: None,
        what: What::Called(people),
    };
    tx.record(&grant, &event).await?;
    Ok(true)
}
