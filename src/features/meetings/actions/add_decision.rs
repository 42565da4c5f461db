//! Writes down a decision.

use entity::ids::MeetingId;
use entity::meeting::MeetingState;
use entity::{meeting, meeting_decision};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};

use super::super::MeetingError;
use super::super::events::What;
use super::super::state::{InvalidStep, Step};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::rules::line;

/// Writes down a decision of a meeting that was held, before its minutes are published.
///
/// # Errors
/// Every fault, [`MeetingError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn add_decision(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    text: &str,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    if opened.meeting.state != MeetingState::Held {
        return Err(InvalidStep { from: opened.meeting.state, step: Step::Publish }.into());
    }
    let mut faults = Faults::default();
    let text = faults.read("/text", line::wanted(text, 1000, "Écrivez la décision"), |error| error.code());
    let text = faults.or(text)?;
    let known = meeting_decision::Entity::find().filter(meeting_decision::Column::MeetingId.eq(id));
    let position = i32::try_from(known.count(tx.conn()).await?).unwrap_or(i32::MAX);
    let row = meeting_decision::Model { id: tx.new_id(), meeting_id: id, position: position + 1, text };
    let insert = meeting_decision::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    opened.save(tx).await?;
    opened.record(tx, What::Decided(row)).await
}
