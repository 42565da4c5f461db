//! Publishes the minutes.

use entity::ids::MeetingId;
use entity::{meeting, meeting_action, meeting_decision};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::events::{What, With};
use super::super::state::{self, Step};
use super::super::{MeetingError, input};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::calendar::written;

/// Publishes the minutes: everyone invited, present or not, receives decisions and things to do. A meeting that was
/// recorded afterwards invited nobody, and its minutes are no news to anyone.
///
/// # Errors
/// Every fault, [`MeetingError::NobodyPresent`], [`MeetingError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn publish(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    text: &str,
    time_spent: &str,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    let line = state::TABLE.next(opened.meeting.state, Step::Publish)?;
    if opened.guests.iter().all(|guest| guest.present != Some(true)) {
        return Err(MeetingError::NobodyPresent);
    }
    let (minutes, spent) = input::minutes(text, time_spent)?;
    let decisions = meeting_decision::Entity::find()
        .filter(meeting_decision::Column::MeetingId.eq(id))
        .order_by_asc(meeting_decision::Column::Position)
        .all(tx.conn())
        .await?;
    let actions = meeting_action::Entity::find()
        .filter(meeting_action::Column::MeetingId.eq(id))
        .order_by_asc(meeting_action::Column::Position)
        .all(tx.conn())
        .await?;
    opened.meeting.minutes = minutes;
    opened.meeting.time_spent_minutes = spent;
    opened.meeting.state = line.to;
    opened.save(tx).await?;
    let recorded_afterwards = *opened.meeting.created_at > *opened.meeting.starts_at;
    let guests = if recorded_afterwards { Vec::new() } else { opened.addressed(tx).await? };
    let told = |row: &meeting_action::Model| {
        format!("{}, {}, au plus tard le {}", row.text, row.owner, written(row.due_on))
    };
    let with = With::Published {
        guests,
        decisions: decisions.into_iter().map(|row| row.text).collect(),
        actions: actions.iter().map(told).collect(),
    };
    opened.record(tx, What::Stepped { line, with }).await
}
