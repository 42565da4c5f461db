//! What somebody has in their agenda on some days, and what becomes of it when they cannot come.

use entity::expert;
use entity::ids::{AgreementRequestId, MeetingId, MissionId};
use entity::meeting::MeetingState;
use entity::mission::{self, Column, MissionState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use time::{Date, Duration, OffsetDateTime};
use uuid::Uuid;

use crate::authz::{self, Actor, Permission, visible};
use crate::db;
use crate::features::agreements::{queries as visits, state as request_state};
use crate::features::meetings::{labels as words_of_meetings, queries as meetings};
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::rules::deadline::day_in_zone;
use crate::rules::period::Period;
use crate::rules::territory::PARIS;

/// The same day is less than two days apart between any two zones.
const APART: Duration = Duration::days(2);

/// What is planned, and how far: what becomes of it follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Planned {
    /// A mission that the person accepted: they drop out of it.
    Held(MissionId),
    /// A mission that waits for their answer: it is not theirs.
    Offered(MissionId),
    /// A mission that has begun: nothing is done of it.
    Begun(MissionId),
    /// A visit that has its date: it is given back.
    Visit(AgreementRequestId),
    /// A meeting that they did not decline: they are excused.
    Meeting(MeetingId),
}

impl Planned {
    /// The key of what is planned.
    #[must_use]
    pub const fn id(self) -> Uuid {
        match self {
            Self::Held(id) | Self::Offered(id) | Self::Begun(id) => id.0,
            Self::Visit(id) => id.0,
            Self::Meeting(id) => id.0,
        }
    }
}

/// One line of an agenda that an impediment touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// What it is.
    pub planned: Planned,
    /// Number.
    pub number: String,
    /// Title of the mission or of the meeting, name of the structure visited.
    pub title: String,
    /// When it begins.
    pub starts_at: OffsetDateTime,
    /// The zone in which its day is told.
    pub zone: String,
}

/// Everything that a person has on some days and that the actor may see, the earliest first.
///
/// # Errors
/// What the database answers.
pub async fn touched(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: &expert::Model,
    period: Period,
    now: OffsetDateTime,
) -> Result<Vec<Touched>, MissionError> {
    let mut found = missions(conn, actor, person, period, now).await?;
    found.extend(visits_on(conn, actor, person, period).await?);
    found.extend(meetings_on(conn, person, period, now).await?);
    found.sort_by(|one, other| (one.starts_at, &one.number).cmp(&(other.starts_at, &other.number)));
    Ok(found)
}

fn begins(period: Period) -> OffsetDateTime {
    period.from().midnight().assume_utc() - APART
}

/// Whether two instants, where they are told, have a day in common with a period.
fn meets(period: Period, starts_at: OffsetDateTime, ends_at: OffsetDateTime, zone: &str) -> bool {
    let first: Date = day_in_zone(starts_at, zone);
    let last = day_in_zone(ends_at - Duration::SECOND, zone);
    Period::new(first, last.max(first)).is_ok_and(|days| days.overlaps(period))
}

async fn missions(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: &expert::Model,
    period: Period,
    now: OffsetDateTime,
) -> Result<Vec<Touched>, MissionError> {
    let latest = period.until().midnight().assume_utc() + APART;
    let rows = mission::Entity::find()
        .filter(visible::missions(actor))
        .filter(Column::ExpertId.eq(person.id))
        .filter(Column::State.is_in([
            MissionState::Proposed,
            MissionState::Accepted,
            MissionState::InProgress,
        ]))
        .filter(Column::EndsAt.gte(entity::Instant::from(begins(period))))
        .filter(Column::StartsAt.lte(entity::Instant::from(latest)))
        .order_by_asc(Column::StartsAt)
        .all(conn)
        .await?;
    let dossiers = Dossier::several(conn, rows).await?;
    Ok(dossiers.iter().filter_map(|dossier| of_mission(dossier, period, now)).collect())
}

/// An offer whose time to answer is over is left to its own end.
fn of_mission(dossier: &Dossier, period: Period, now: OffsetDateTime) -> Option<Touched> {
    let row = &dossier.mission;
    let planned = match row.state {
        MissionState::Accepted => Planned::Held(row.id),
        MissionState::InProgress => Planned::Begun(row.id),
        _ => {
            let due = dossier.open_offer()?.due_at?;
            (*due > now).then_some(Planned::Offered(row.id))?
        }
    };
    meets(period, *row.starts_at, *row.ends_at, &row.zone).then(|| Touched {
        planned,
        number: row.number.clone(),
        title: row.title.clone(),
        starts_at: *row.starts_at,
        zone: row.zone.clone(),
    })
}

async fn visits_on(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: &expert::Model,
    period: Period,
) -> Result<Vec<Touched>, MissionError> {
    let found = visits::visits_of(conn, person.id, begins(period)).await?;
    let seen = found.iter().filter(|one| authz::may(actor, Permission::RequestView, &one.facts()));
    let released = seen.filter(|one| {
        one.request.visited_at.is_none()
            && request_state::TABLE.can(one.request.state, request_state::Step::Release)
    });
    let touched = released.filter_map(|one| {
        let at = *one.request.visit_at?;
        let zone = one.request.visit_zone.as_deref().unwrap_or(PARIS);
        period.contains(day_in_zone(at, zone)).then(|| Touched {
            planned: Planned::Visit(one.request.id),
            number: one.reference().to_owned(),
            title: one.structure.name.clone(),
            starts_at: at,
            zone: zone.to_owned(),
        })
    });
    Ok(touched.collect())
}

async fn meetings_on(
    conn: &impl ConnectionTrait,
    person: &expert::Model,
    period: Period,
    now: OffsetDateTime,
) -> Result<Vec<Touched>, db::Error> {
    let invited = meetings::invited_to(conn, person.id, begins(period).max(now)).await?;
    let touched = invited.iter().filter_map(|one| {
        let row = &one.meeting;
        let awaited = row.state == MeetingState::Invited && *row.starts_at > now;
        (awaited && meets(period, *row.starts_at, one.ends_at(), one.zone())).then(|| Touched {
            planned: Planned::Meeting(row.id),
            number: row.number.clone(),
            title: words_of_meetings::title(row.kind).to_owned(),
            starts_at: *row.starts_at,
            zone: one.zone().to_owned(),
        })
    });
    Ok(touched.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_day_is_that_of_the_place() {
        let period = Period::new(date!(2026 - 03 - 10), date!(2026 - 03 - 11)).unwrap();
        for (starts_at, ends_at, zone, expected) in [
            (datetime!(2026-03-09 08:00 UTC), datetime!(2026-03-09 16:00 UTC), PARIS, false),
            (datetime!(2026-03-09 08:00 UTC), datetime!(2026-03-10 16:00 UTC), PARIS, true),
            // The end of a day is not in the next one.
            (datetime!(2026-03-09 08:00 UTC), datetime!(2026-03-09 23:00 UTC), PARIS, false),
            (datetime!(2026-03-12 02:00 UTC), datetime!(2026-03-12 02:30 UTC), "America/Cayenne", true),
            (datetime!(2026-03-11 21:00 UTC), datetime!(2026-03-11 22:00 UTC), "Indian/Reunion", false),
        ] {
            assert_eq!(meets(period, starts_at, ends_at, zone), expected, "{starts_at} {zone}");
        }
    }
}
