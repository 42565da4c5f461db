//! Reminds whoever was given something to do, some days before its date.

use entity::ids::MeetingActionId;
use entity::meeting::MeetingState;
use entity::{expert, meeting_action};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::MeetingError;
use super::super::events::{Addressed, What};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Reminds the guest who does it, once; false when there is nobody to remind any more.
///
/// # Errors
/// [`MeetingError::NotFound`], the refusal of the policy, what the database answers.
pub async fn remind(tx: &mut Tx, action: MeetingActionId) -> Result<bool, MeetingError> {
    let found = meeting_action::Entity::find_by_id(action).one(tx.conn()).await?;
    let meeting = found.ok_or(MeetingError::NotFound)?.meeting_id;
    let mut opened = open(tx, meeting, None, Permission::MeetingManage).await?;
    // Read again once the meeting is locked: it may have been done, or its owner reminded, in between.
    let row = meeting_action::Entity::find_by_id(action).one(tx.conn()).await?;
    let waits = |row: &meeting_action::Model| row.done_on.is_none() && row.reminded_at.is_none();
    let Some(mut row) = row.filter(waits) else { return Ok(false) };
    let owner = match row.owner_id {
        Some(id) => expert::Entity::find_by_id(id).one(tx.conn()).await?,
        None => None,
    };
    let Some(owner) = owner.filter(|_| opened.meeting.state != MeetingState::Cancelled) else {
        return Ok(false);
    };
    row.reminded_at = Some(tx.instant());
    meeting_action::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    opened.save(tx).await?;
    opened.record(tx, What::ActionReminded { row, owner: Addressed::from(&owner) }).await?;
    Ok(true)
}
