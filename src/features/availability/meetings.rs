//! The half-days of the meetings that people said they come to. They are told to whoever gives them something else, and
//! refuse nothing: a meeting may be left for a jury.

use std::collections::HashMap;

use entity::expert;
use entity::ids::ExpertId;
use entity::meeting::{self, MeetingMode, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, Duration, OffsetDateTime};

use crate::db;
use crate::rules::engagement::{Slot, taken};

/// The same day is less than two days apart between any two zones.
const APART: Duration = Duration::days(2);

/// The half-days that meetings take from each of these people between two days, each with the number of its meeting.
/// For whoever chooses somebody and has asked the policy.
///
/// # Errors
/// What the database answers.
pub async fn accepted(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
    from: Date,
    until: Date,
) -> Result<HashMap<ExpertId, Vec<(Slot, String)>>, db::Error> {
    let at = |day: Date| day.midnight().assume_utc();
    let meetings = meeting::Entity::find()
        .filter(meeting::Column::State.eq(MeetingState::Invited))
        .filter(meeting::Column::StartsAt.gte(entity::Instant::from(at(from) - APART)))
        .filter(meeting::Column::StartsAt.lte(entity::Instant::from(at(until) + APART)))
        .order_by_asc(meeting::Column::StartsAt)
        .all(conn)
        .await?;
    if meetings.is_empty() {
        return Ok(HashMap::new());
    }
    let coming = guests(conn, &meetings, people).await?;
    let homes = zones(conn, &coming).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for meeting in &meetings {
        for one in coming.iter().filter(|one| one.meeting_id == meeting.id) {
            let home = homes.get(&one.expert_id).map_or(meeting.zone.as_str(), String::as_str);
            let slots = slots(meeting, home).into_iter();
            let slots = slots.filter(|(day, _)| (from..=until).contains(day));
            let numbered = slots.map(|slot| (slot, meeting.number.clone()));
            found.entry(one.expert_id).or_default().extend(numbered);
        }
    }
    Ok(found)
}

/// The half-days of a meeting for a guest: those of the place when people go there, of where they live otherwise.
#[must_use]
pub fn slots(meeting: &meeting::Model, home: &str) -> Vec<Slot> {
    let zone = if meeting.mode == MeetingMode::OnSite { meeting.zone.as_str() } else { home };
    let starts_at: OffsetDateTime = *meeting.starts_at;
    taken(starts_at, starts_at + Duration::minutes(meeting.lasts_minutes.into()), zone)
}

async fn guests(
    conn: &impl ConnectionTrait,
    meetings: &[meeting::Model],
    people: &[ExpertId],
) -> Result<Vec<meeting_guest::Model>, db::Error> {
    use meeting_guest::Column;
    let rows = meeting_guest::Entity::find()
        .filter(Column::MeetingId.is_in(meetings.iter().map(|one| one.id)))
        .filter(Column::ExpertId.is_in(people.iter().copied()))
        .filter(Column::Answer.eq(GuestAnswer::Coming));
    Ok(rows.all(conn).await?)
}

async fn zones(
    conn: &impl ConnectionTrait,
    coming: &[meeting_guest::Model],
) -> Result<HashMap<ExpertId, String>, db::Error> {
    let ids = coming.iter().map(|one| one.expert_id);
    let rows = expert::Entity::find().filter(expert::Column::Id.is_in(ids)).all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.zone)).collect())
}
