//! Answers an invitation.

use entity::ids::MeetingId;
use entity::meeting::{self, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::MeetingError;
use super::super::events::What;
use super::super::state::{InvalidStep, Step};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Says whether one comes; the last answer counts, until the meeting begins.
///
/// # Errors
/// [`MeetingError::WrongTime`], the state, the refusal of the policy, what the database answers.
pub async fn answer(tx: &mut Tx, id: MeetingId, coming: bool) -> Result<meeting::Model, MeetingError> {
    let opened = open(tx, id, None, Permission::MeetingAnswer).await?;
    if opened.meeting.state != MeetingState::Invited {
        return Err(InvalidStep { from: opened.meeting.state, step: Step::Hold }.into());
    }
    if tx.now() >= *opened.meeting.starts_at {
        return Err(MeetingError::WrongTime { early: false });
    }
    let own = tx.actor().expert();
    let guest = opened.guests.iter().find(|guest| Some(guest.expert_id) == own);
    let mut guest = guest.cloned().ok_or(MeetingError::NotFound)?;
    guest.answer = if coming { GuestAnswer::Coming } else { GuestAnswer::Away };
    guest.answered_at = Some(tx.instant());
    let expert = guest.expert_id;
    meeting_guest::Entity::update(guest.into_active_model().reset_all()).exec(tx.conn()).await?;
    opened.record(tx, What::Answered { expert, coming }).await
}
