//! Writes down something to do.

use entity::ids::MeetingId;
use entity::meeting::MeetingState;
use entity::{meeting, meeting_action};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::super::MeetingError;
use super::super::events::What;
use super::super::input::{Owner, TypedTask};
use super::super::state::{InvalidStep, Step};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Writes down something to do, who does it and until when, before the minutes are published.
///
/// # Errors
/// Every fault, [`MeetingError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn add_action(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    typed: &TypedTask,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    if opened.meeting.state != MeetingState::Held {
        return Err(InvalidStep { from: opened.meeting.state, step: Step::Publish }.into());
    }
    let task = typed.read(opened.meeting.meets_on)?;
    let (owner, owner_id) = match task.owner {
        Owner::Named(name) => (name, None),
        Owner::Guest(guest) => (opened.name_of(tx, guest).await?, Some(guest)),
    };
    let known = meeting_action::Entity::find().filter(meeting_action::Column::MeetingId.eq(id));
    let position = i32::try_from(known.count(tx.conn()).await?).unwrap_or(i32::MAX);
    let row = meeting_action::Model {
        id: tx.new_id(),
        meeting_id: id,
        position: position + 1,
        text: task.text,
        owner,
        owner_id,
        due_on: task.due_on,
        done_on: None,
        reminded_at: None,
    };
    let insert = meeting_action::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    opened.save(tx).await?;
    opened.record(tx, What::ActionAdded(row)).await
}
