//! How busy someone is around a mission or a visit: what they held and visited over the twelve months before its day,
//! and what they accepted that is still to come, missions and visits alike.

use std::collections::HashMap;

use entity::agreement_request::{Column, Entity, RequestState};
use entity::ids::{ExpertId, MissionId};
use entity::mission::{self, MissionState};
use entity::structure;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use time::{Date, Duration, OffsetDateTime};

use crate::db;
use crate::rules::deadline::{add_months, day_in_zone};
use crate::rules::missions::is_held;
use crate::rules::territory::PARIS;

/// Months before the day of a mission that make a load.
const MONTHS: i32 = 12;
/// The same, whatever the year and the zones.
const AT_MOST: Duration = Duration::days(367);

/// What someone carries around a mission.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Load {
    /// Missions held, begun within the twelve months before the day.
    pub missions: usize,
    /// Visits, begun within the twelve months before the day.
    pub visits: usize,
    /// Missions accepted that are still to come, before or after the day.
    pub missions_to_come: usize,
    /// Visits that have their date and are still to come, before or after the day.
    pub visits_to_come: usize,
}

impl Load {
    /// Everything together, which ranks.
    #[must_use]
    pub const fn total(self) -> usize {
        self.missions + self.visits + self.missions_to_come + self.visits_to_come
    }

    /// The load at an instant beside a mission of a day, from the missions held and the visits of someone.
    #[must_use]
    pub fn of(missions: &[Held], visits: &[Visit], day: Date, now: OffsetDateTime) -> Self {
        let held = missions.iter().map(|one| Begin::new(*one.starts_at, &one.zone));
        let (missions, missions_to_come) = counted(held, day, now);
        let (visits, visits_to_come) = counted(visits.iter().map(Visit::begin), day, now);
        Self { missions, visits, missions_to_come, visits_to_come }
    }
}

/// When an engagement begins, and which day it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Begin {
    at: OffsetDateTime,
    day: Date,
}

impl Begin {
    fn new(at: OffsetDateTime, zone: &str) -> Self {
        Self { at, day: day_in_zone(at, zone) }
    }
}

/// A mission that someone holds: what is weighed of it, since there may be thousands.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Held {
    id: MissionId,
    expert_id: ExpertId,
    /// Number.
    pub number: String,
    /// When it begins.
    pub starts_at: entity::Instant,
    /// When it ends.
    pub ends_at: entity::Instant,
    /// IANA zone of its place.
    pub zone: String,
    /// INSEE code of its department; may be empty.
    pub department: String,
}

/// The visit of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Number of the request.
    pub number: String,
    /// When it begins.
    pub at: OffsetDateTime,
    /// IANA zone of its place.
    pub zone: String,
    /// Department of the structure.
    pub department: String,
}

impl Visit {
    fn begin(&self) -> Begin {
        Begin::new(self.at, &self.zone)
    }
}

#[derive(FromQueryResult)]
struct VisitRow {
    controller_id: Option<ExpertId>,
    visit_at: entity::Instant,
    visit_zone: Option<String>,
    number: Option<String>,
    department: String,
}

/// How many have begun within the months before a day, and how many are still to come.
fn counted(all: impl Iterator<Item = Begin>, day: Date, now: OffsetDateTime) -> (usize, usize) {
    let first = add_months(day, -MONTHS);
    let (to_come, begun): (Vec<Begin>, Vec<Begin>) = all.partition(|one| one.at > now);
    (begun.iter().filter(|one| one.day >= first).count(), to_come.len())
}

/// The instant before which nothing counts beside a mission that starts then.
#[must_use]
pub fn since(starts_at: OffsetDateTime, now: OffsetDateTime) -> OffsetDateTime {
    (starts_at - AT_MOST).min(now)
}

/// The missions that these people hold, one of them and those that had ended before an instant left out.
///
/// # Errors
/// What the database answers.
pub async fn missions(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
    except: Option<MissionId>,
    since: OffsetDateTime,
) -> Result<HashMap<ExpertId, Vec<Held>>, db::Error> {
    use mission::Column;
    let rows: Vec<Held> = mission::Entity::find()
        .select_only()
        .columns([Column::Id, Column::ExpertId, Column::Number, Column::StartsAt, Column::EndsAt])
        .columns([Column::Zone, Column::Department])
        .filter(Column::ExpertId.is_in(people.iter().copied()))
        .filter(Column::State.is_in(MissionState::all().filter(|one| is_held(*one))))
        .filter(Column::EndsAt.gte(entity::Instant::from(since)))
        .order_by_asc(Column::StartsAt)
        .into_model()
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows.into_iter().filter(|row| Some(row.id) != except) {
        found.entry(row.expert_id).or_default().push(row);
    }
    Ok(found)
}

/// Requests whose visit has its date: it is to come, or it was made.
#[must_use]
pub fn dated() -> Condition {
    Condition::any().add(Column::State.eq(RequestState::VisitScheduled)).add(Column::VisitedAt.is_not_null())
}

/// The visits of these people since an instant, those to come included.
///
/// # Errors
/// What the database answers.
pub async fn visits(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
    since: OffsetDateTime,
) -> Result<HashMap<ExpertId, Vec<Visit>>, db::Error> {
    let rows: Vec<VisitRow> = Entity::find()
        .join(JoinType::InnerJoin, db::structure_of_request())
        .select_only()
        .columns([Column::ControllerId, Column::VisitAt, Column::VisitZone, Column::Number])
        .column(structure::Column::Department)
        .filter(Column::ControllerId.is_in(people.iter().copied()))
        .filter(dated())
        .filter(Column::VisitAt.gte(entity::Instant::from(since)))
        .into_model()
        .all(conn)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(person) = row.controller_id {
            let visit = Visit {
                number: row.number.unwrap_or_default(),
                at: *row.visit_at,
                zone: row.visit_zone.unwrap_or_else(|| PARIS.to_owned()),
                department: row.department,
            };
            found.entry(person).or_default().push(visit);
        }
    }
    Ok(found)
}

/// The load of each of these people beside a visit whose date is still to be fixed.
///
/// # Errors
/// What the database answers.
pub async fn loads(
    conn: &impl ConnectionTrait,
    people: &[ExpertId],
    day: Date,
    now: OffsetDateTime,
) -> Result<HashMap<ExpertId, Load>, db::Error> {
    let since = since(now, now);
    let (missions, visits) = (missions(conn, people, None, since).await?, visits(conn, people, since).await?);
    let load = |person: &ExpertId| {
        let missions = missions.get(person).map(Vec::as_slice).unwrap_or_default();
        let visits = visits.get(person).map(Vec::as_slice).unwrap_or_default();
        (*person, Load::of(missions, visits, day, now))
    };
    Ok(people.iter().map(load).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::availability::labels;
    use time::macros::{date, datetime};

    const NOW: OffsetDateTime = datetime!(2026-03-10 10:00 UTC);

    #[test]
    fn what_counts_is_of_the_twelve_months_before_the_day_or_still_to_come() {
        let (soon, late) = (date!(2026 - 04 - 20), date!(2027 - 09 - 01));
        for (at, zone, day, expected) in [
            (datetime!(2025-04-19 08:00 UTC), "Europe/Paris", soon, (0, 0)),
            (datetime!(2025-04-20 08:00 UTC), "Europe/Paris", soon, (1, 0)),
            // The day is that of the place.
            (datetime!(2025-04-20 02:00 UTC), "America/Cayenne", soon, (0, 0)),
            (datetime!(2025-04-19 23:30 UTC), "Indian/Reunion", soon, (1, 0)),
            (NOW, "Europe/Paris", soon, (1, 0)),
            (datetime!(2026-03-10 10:01 UTC), "Europe/Paris", soon, (0, 1)),
            (datetime!(2026-04-01 08:00 UTC), "Europe/Paris", soon, (0, 1)),
            (datetime!(2027-06-01 08:00 UTC), "Europe/Paris", soon, (0, 1)),
            // A mission that is more than a year away.
            (datetime!(2026-01-15 08:00 UTC), "Europe/Paris", late, (0, 0)),
            (datetime!(2026-05-01 08:00 UTC), "Europe/Paris", late, (0, 1)),
        ] {
            let begin = Begin::new(at, zone);
            assert_eq!(counted(std::iter::once(begin), day, NOW), expected, "{at} {zone}, for {day}");
            let starts_at = day.midnight().assume_utc();
            let read = at >= since(starts_at, NOW);
            assert!(read || expected == (0, 0), "{at} is read for {day}");
        }
    }

    #[test]
    fn missions_and_visits_are_counted_apart_and_rank_together() {
        let visits = [datetime!(2026-01-15 08:00 UTC), datetime!(2026-05-15 08:00 UTC)];
        let visits = visits.map(|at| Visit {
            number: "AGR-2026-0001".to_owned(),
            at,
            zone: "Europe/Paris".to_owned(),
            department: "58".to_owned(),
        });
        let load = Load::of(&[], &visits, date!(2026 - 04 - 20), NOW);
        assert_eq!(load, Load { visits: 1, visits_to_come: 1, ..Load::default() });
        assert_eq!(Load { missions: 3, missions_to_come: 2, ..load }.total(), 7);
    }

    #[test]
    fn what_was_counted_is_told() {
        for (load, expected) in [
            ((0, 0, 0, 0), "aucun engagement sur douze mois avant la mission"),
            ((2, 0, 0, 0), "2 missions sur douze mois avant la mission"),
            ((2, 1, 1, 0), "2 missions et 1 visite sur douze mois avant la mission, 1 mission à venir"),
            (
                (0, 0, 1, 2),
                "aucun engagement sur douze mois avant la mission, 1 mission et 2 visites à venir",
            ),
        ] {
            let (missions, visits, missions_to_come, visits_to_come) = load;
            let load = Load { missions, visits, missions_to_come, visits_to_come };
            assert_eq!(labels::load(load, labels::THE_MISSION), expected);
            assert_eq!(labels::short_load(load), expected.replace(" sur douze mois avant la mission", ""));
        }
    }
}
