//! Answers an invitation, or says for somebody that they cannot come.

use entity::ids::{ExpertId, MeetingId};
use entity::meeting::{self, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::MeetingError;
use super::super::events::What;
use super::super::state::{InvalidStep, Step};
use super::{Opened, open};
use crate::authz::Permission;
use crate::db::Tx;

/// Says whether one comes; the last answer counts, until the meeting begins.
///
/// # Errors
/// [`MeetingError::WrongTime`], the state, the refusal of the policy, what the database answers.
pub async fn answer(tx: &mut Tx, id: MeetingId, coming: bool) -> Result<meeting::Model, MeetingError> {
    let opened = open(tx, id, None, Permission::MeetingAnswer).await?;
    let own = tx.actor().expert().ok_or(MeetingError::NotFound)?;
    reply(tx, opened, own, coming).await
}

/// Answers for whoever holds the link of an invitation.
///
/// # Errors
/// Those of an answer.
pub async fn answer_by_link(
    tx: &mut Tx,
    id: MeetingId,
    person: ExpertId,
    coming: bool,
) -> Result<meeting::Model, MeetingError> {
    let opened = open(tx, id, None, Permission::MeetingAnswer).await?;
    reply(tx, opened, person, coming).await
}

/// Says that somebody invited cannot come: themselves, or the team that was told of it.
///
/// # Errors
/// Those of an answer.
pub async fn excuse(tx: &mut Tx, id: MeetingId, person: ExpertId) -> Result<meeting::Model, MeetingError> {
    let own = tx.actor().expert() == Some(person);
    let permission = if own { Permission::MeetingAnswer } else { Permission::MeetingManage };
    let opened = open(tx, id, None, permission).await?;
    reply(tx, opened, person, false).await
}

async fn reply(
    tx: &mut Tx,
    opened: Opened,
    person: ExpertId,
    coming: bool,
) -> Result<meeting::Model, MeetingError> {
    if opened.meeting.state != MeetingState::Invited {
        return Err(InvalidStep { from: opened.meeting.state, step: Step::Hold }.into());
    }
    if tx.now() >= *opened.meeting.starts_at {
        return Err(MeetingError::WrongTime { early: false });
    }
    let guest = opened.guests.iter().find(|guest| guest.expert_id == person);
    let mut guest = guest.cloned().ok_or(MeetingError::NotFound)?;
    guest.answer = if coming { GuestAnswer::Coming } else { GuestAnswer::Away };
    guest.answered_at = Some(tx.instant());
    meeting_guest::Entity::update(guest.into_active_model().reset_all()).exec(tx.conn()).await?;
    opened.record(tx, What::Answered { expert: person, coming }).await
}
