//! What waits for the team among meetings: attendance and minutes, things to do that nobody said done.

use std::collections::HashMap;

use entity::meeting::{self, Column, MeetingState};
use entity::meeting_action;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use crate::authz::{Actor, visible};
use crate::db;

/// The meetings that the actor may see, whose day has passed and whose minutes are not published, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn minutes_due(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<meeting::Model>, db::Error> {
    let passed = Condition::all()
        .add(Column::State.is_in([MeetingState::Planned, MeetingState::Invited]))
        .add(Column::MeetsOn.lt(today));
    let rows = meeting::Entity::find()
        .filter(visible::meetings(actor))
        .filter(Condition::any().add(Column::State.eq(MeetingState::Held)).add(passed))
        .order_by_asc(Column::MeetsOn)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows)
}

/// The things to do that were due before a day and are not done, of the meetings that the actor may see, the oldest first.
///
/// # Errors
/// What the database answers.
pub async fn overdue_actions(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<(meeting_action::Model, meeting::Model)>, db::Error> {
    let actions = meeting_action::Entity::find()
        .filter(meeting_action::Column::DoneOn.is_null())
        .filter(meeting_action::Column::DueOn.lt(today))
        .order_by_asc(meeting_action::Column::DueOn)
        .order_by_asc(meeting_action::Column::Id)
        .all(conn)
        .await?;
    if actions.is_empty() {
        return Ok(Vec::new());
    }
    let meetings = meeting::Entity::find()
        .filter(visible::meetings(actor))
        .filter(Column::Id.is_in(actions.iter().map(|row| row.meeting_id)))
        .filter(Column::State.ne(MeetingState::Cancelled))
        .all(conn)
        .await?;
    let meetings: HashMap<_, _> = meetings.into_iter().map(|row| (row.id, row)).collect();
    let of_meeting =
        |row: meeting_action::Model| meetings.get(&row.meeting_id).cloned().map(|meeting| (row, meeting));
    Ok(actions.into_iter().filter_map(of_meeting).collect())
}
