//! Meetings as they were at the end of a day that is behind: the state comes from the journal, what came since is not told.

use std::collections::HashMap;

use entity::ids::MeetingId;
use entity::meeting::{self, MeetingState};
use entity::meeting_guest::GuestAnswer;
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use super::Whole;
use crate::authz::{Actor, visible};
use crate::db;
use crate::features::meetings::MeetingError;

/// The state of every meeting that the actor may see and that existed at the end of a day in Paris.
pub(super) async fn states_on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    day: Date,
) -> Result<HashMap<MeetingId, MeetingState>, db::Error> {
    let seen = meeting::Entity::find().filter(visible::meetings(actor)).select_only();
    let words = db::states_on(conn, "meeting", seen.column(meeting::Column::Id).into_query(), day).await?;
    let state = |(id, word): (uuid::Uuid, String)| Some((id.into(), MeetingState::from_word(&word)?));
    Ok(words.into_iter().filter_map(state).collect())
}

/// A meeting as it was at the end of a day that is behind. Its day, its place and its agenda are those of today.
///
/// # Errors
/// [`MeetingError::NotFound`] when it was not planned yet; what the database answers.
pub async fn as_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    mut whole: Whole,
    day: Date,
) -> Result<Whole, MeetingError> {
    let id = whole.meeting.id;
    let one = meeting::Entity::find_by_id(id).filter(visible::meetings(actor)).select_only();
    let words = db::states_on(conn, "meeting", one.column(meeting::Column::Id).into_query(), day).await?;
    let state = words.get(&id.0).and_then(|word| MeetingState::from_word(word));
    put_back(&mut whole, state.ok_or(MeetingError::NotFound)?, day);
    Ok(whole)
}

/// What a state had not brought yet is left out.
fn put_back(whole: &mut Whole, state: MeetingState, day: Date) {
    use MeetingState as S;
    let end = db::end_in_paris(day);
    // Whoever was invited before a cancellation is not told from who was not: they stay.
    if state == S::Planned {
        whole.guests.clear();
    }
    let held = matches!(state, S::Held | S::MinutesPublished);
    for guest in &mut whole.guests {
        if guest.row.answered_at.is_none_or(|at| *at >= end) {
            (guest.row.answer, guest.row.answered_at) = (GuestAnswer::None, None);
        }
        guest.row.present = guest.row.present.filter(|_| held);
    }
    if state != S::MinutesPublished {
        whole.meeting.minutes.clear();
        whole.meeting.time_spent_minutes = None;
    }
    if !held {
        whole.decisions.clear();
        whole.actions.clear();
    }
    for action in &mut whole.actions {
        action.done_on = action.done_on.filter(|done| *done <= day);
    }
    whole.documents.retain(|row| *row.created_at < end);
    whole.meeting.state = state;
}
