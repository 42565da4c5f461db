//! The meetings in the agenda of an expert.

use std::collections::HashMap;

use entity::expert;
use entity::ids::ExpertId;
use entity::meeting::{self, MeetingMode, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::{Duration, OffsetDateTime};

use crate::db;

/// Most meetings given.
const MOST: u64 = 100;
/// No meeting lasts longer: the end of one is not in the database.
const LONGEST: Duration = Duration::days(1);

/// A meeting that an expert is invited to and did not decline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The meeting.
    pub meeting: meeting::Model,
    /// What they answered.
    pub answer: GuestAnswer,
    /// The zone where they live.
    pub home: String,
}

impl Invited {
    /// When it ends.
    #[must_use]
    pub fn ends_at(&self) -> OffsetDateTime {
        *self.meeting.starts_at + Duration::minutes(self.meeting.lasts_minutes.into())
    }

    /// The zone in which its hours are told: that of the place when people go there, theirs otherwise.
    #[must_use]
    pub fn zone(&self) -> &str {
        if self.meeting.mode == MeetingMode::OnSite { &self.meeting.zone } else { &self.home }
    }
}

/// The meetings that an expert is invited to, did not decline and was not away from, and that end after an instant; the
/// nearest first.
///
/// # Errors
/// What the database answers.
pub async fn invited_to(
    conn: &impl ConnectionTrait,
    person: ExpertId,
    since: OffsetDateTime,
) -> Result<Vec<Invited>, db::Error> {
    use meeting::Column;
    let own = Condition::all()
        .add(meeting_guest::Column::ExpertId.eq(person))
        .add(meeting_guest::Column::Answer.ne(GuestAnswer::Away))
        .add(
            Condition::any()
                .add(meeting_guest::Column::Present.is_null())
                .add(meeting_guest::Column::Present.eq(true)),
        );
    let asked = meeting_guest::Entity::find()
        .select_only()
        .column(meeting_guest::Column::MeetingId)
        .filter(own.clone());
    let meetings = meeting::Entity::find()
        .filter(Column::Id.in_subquery(asked.into_query()))
        .filter(Column::State.is_in([
            MeetingState::Invited,
            MeetingState::Held,
            MeetingState::MinutesPublished,
        ]))
        .filter(Column::StartsAt.gte(entity::Instant::from(since - LONGEST)))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    if meetings.is_empty() {
        return Ok(Vec::new());
    }
    let guests = meeting_guest::Entity::find()
        .filter(own)
        .filter(meeting_guest::Column::MeetingId.is_in(meetings.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let answers: HashMap<_, _> = guests.into_iter().map(|row| (row.meeting_id, row.answer)).collect();
    let row = expert::Entity::find_by_id(person).one(conn).await?;
    let home = row.map(|row| row.zone).unwrap_or_default();
    let invited = |meeting: meeting::Model| {
        let answer = *answers.get(&meeting.id)?;
        Some(Invited { meeting, answer, home: home.clone() })
    };
    Ok(meetings.into_iter().filter_map(invited).filter(|one| one.ends_at() >= since).collect())
}
