//! Says that something is done.

use entity::ids::{MeetingActionId, MeetingId};
use entity::{meeting, meeting_action};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::MeetingError;
use super::super::events::What;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Says that something decided in a meeting is done today; saying it twice is a fault.
///
/// # Errors
/// [`MeetingError::NotFound`], already done, the refusal of the policy, what the database answers.
pub async fn finish_action(
    tx: &mut Tx,
    id: MeetingId,
    action: MeetingActionId,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, None, Permission::MeetingManage).await?;
    let row = meeting_action::Entity::find_by_id(action).one(tx.conn()).await?;
    let mut row = row.filter(|row| row.meeting_id == id).ok_or(MeetingError::NotFound)?;
    if row.done_on.is_some() {
        return Err(MeetingError::fault("", "already-done", "Cette action est déjà faite"));
    }
    row.done_on = Some(tx.app().today());
    meeting_action::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    opened.save(tx).await?;
    opened.record(tx, What::ActionDone(row)).await
}
