//! Reminds those who teach of a half-day that nobody countersigned.

use entity::attendance_call;
use entity::ids::{ExpertId, TrainingSlotId};
use entity::training_session::SessionState;

use super::{keep_sent, sent_about};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::load::{self, Room};

/// Reminds them once; false when it was done, when the half-day is countersigned, or when nobody teaches it.
///
/// # Errors
/// [`AttendanceError::NotFound`], the refusal of the policy, what the database answers.
pub async fn remind(tx: &mut Tx, id: TrainingSlotId) -> Result<bool, AttendanceError> {
    let room = Room::locked(tx, id).await?;
    let grant = tx.authorize(Permission::AttendanceDeadline, &room.facts(tx.actor()))?;
    let before = sent_about(tx, id).await?;
    let done = before.as_ref().is_some_and(|row| row.reminded_at.is_some());
    let held = matches!(
        room.session.state,
        SessionState::Confirmed | SessionState::InProgress | SessionState::Ended
    );
    let lines = load::lines(tx.conn(), &[id]).await?;
    let signed = room.trainers.iter().all(|one| one.signed_at.is_some());
    let waits = !signed || lines.iter().any(|row| row.countersigned_at.is_none());
    let experts: Vec<ExpertId> = room.trainers.iter().map(|one| one.expert_id).collect();
    if done || !held || !waits || experts.is_empty() {
        return Ok(false);
    }
    let known = before.is_some();
    let mut row =
        before.unwrap_or(attendance_call::Model { slot_id: id, called_at: None, reminded_at: None });
    row.reminded_at = Some(tx.instant());
    keep_sent(tx, row, known).await?;
    let link = tx.app().url(&format!("/sessions/{}/emargement/{id}", room.session.number));
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: None,
        what: What::Reminded { experts, link },
    };
    tx.record(&grant, &event).await?;
    Ok(true)
}
