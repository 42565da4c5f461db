//! What people did for the certifier, read once for every condition: missions, and visits of requests.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::habilitation::{self, Duty};
use entity::ids::{ExpertId, StructureId};
use entity::mission::{self, MissionObject};
use entity::{agreement_request, structure};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use time::Date;

use super::super::ExpertError;
use super::sources::object_of;
use crate::db;
use crate::rules::deadline::{Zones, add_days};

/// The first day that counts for each person: that of the earliest of their periods.
pub(super) type Starts = HashMap<ExpertId, Date>;

/// What these people did, each under their key.
pub(super) struct Acts {
    missions: HashMap<ExpertId, Vec<Mission>>,
    visits: HashMap<ExpertId, Vec<Visit>>,
}

impl Acts {
    /// The missions that took place, of one person.
    pub(super) fn missions(&self, person: ExpertId) -> &[Mission] {
        self.missions.get(&person).map_or(&[], Vec::as_slice)
    }

    /// The visits that count for a file: those of its person, under the duty of contrôleur.
    pub(super) fn visits(&self, file: &habilitation::Model) -> &[Visit] {
        let own = self.visits.get(&file.expert_id).filter(|_| file.duty == Duty::Controleur);
        own.map_or(&[], Vec::as_slice)
    }
}

/// A mission that took place, whatever became of its report and of its expenses. Its days are those of its place.
pub(super) struct Mission {
    pub(super) object: MissionObject,
    pub(super) duty: Option<Duty>,
    pub(super) structure_id: Option<StructureId>,
    /// Its first day.
    pub(super) day: Date,
    /// The day of its end.
    pub(super) ended: Date,
    /// The day of its report.
    pub(super) reported: Option<Date>,
    satisfaction: Option<i32>,
    /// It comes from a file of past missions.
    imported: bool,
}

impl Mission {
    /// Whether something is known of its report: a file of past missions tells nothing of the delays.
    pub(super) fn tells_its_report(&self) -> bool {
        self.reported.is_some() || !self.imported
    }

    /// Its first day and its score, when somebody gave one.
    pub(super) fn score(&self) -> Option<(Date, u16)> {
        Some((self.day, u16::try_from(self.satisfaction?).ok()?))
    }
}

/// A visit that took place, or that the structure refused on the day. Its days are those of its place: an evening in
/// Cayenne is already the next day in UTC.
pub(super) struct Visit {
    pub(super) structure_id: StructureId,
    pub(super) day: Date,
    pub(super) refused: bool,
    /// The day of its report.
    pub(super) reported: Option<Date>,
}

/// What the people of these files did since their first day, wherever on Earth it begins.
///
/// # Errors
/// What the database answers.
pub(super) async fn since(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    starts: &Starts,
) -> Result<Acts, ExpertError> {
    let (missions, visits) = tokio::try_join!(missions(conn, files, starts), visits(conn, files, starts))?;
    Ok(Acts { missions, visits })
}

/// What each did since the month of their first day: a condition for each month rather than for each person.
fn done_since<C: ColumnTrait>(starts: &Starts, person: C, at: C) -> Condition {
    let mut months: BTreeMap<Date, Vec<ExpertId>> = BTreeMap::new();
    for (&who, &day) in starts {
        months.entry(day.replace_day(1).unwrap_or(day)).or_default().push(who);
    }
    months.into_iter().fold(Condition::any(), |any, (month, people)| {
        let from: entity::Instant = add_days(month, -1).midnight().assume_utc().into();
        any.add(Condition::all().add(person.is_in(people)).add(at.gte(from)))
    })
}

/// A row of [`missions`], its columns in their order: read by place, there are many.
type MissionRow = (
    ExpertId,
    MissionObject,
    Option<Duty>,
    Option<StructureId>,
    entity::Instant,
    entity::Instant,
    Option<entity::Instant>,
    String,
    Option<i32>,
    bool,
);

async fn missions(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    starts: &Starts,
) -> Result<HashMap<ExpertId, Vec<Mission>>, ExpertError> {
    use mission::Column;
    if starts.is_empty() {
        return Ok(HashMap::new());
    }
    let objects: HashSet<MissionObject> = files.iter().map(|file| object_of(file.duty)).collect();
    let rows: Vec<MissionRow> = mission::Entity::find()
        .select_only()
        .columns([
            Column::ExpertId,
            Column::Object,
            Column::Duty,
            Column::StructureId,
            Column::StartsAt,
            Column::DoneAt,
            Column::ReportedAt,
            Column::Zone,
            Column::Satisfaction,
        ])
        .expr_as(Column::ExternalRef.is_not_null(), "imported")
        .filter(done_since(starts, Column::ExpertId, Column::DoneAt))
        .filter(Column::Object.is_in(objects))
        .into_tuple()
        .all(conn)
        .await?;
    let mut zones = Zones::default();
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.0).or_default().push(mission(row, &mut zones));
    }
    Ok(found)
}

fn mission(row: MissionRow, zones: &mut Zones) -> Mission {
    let (_, object, duty, structure_id, starts_at, done_at, reported_at, zone, satisfaction, imported) = row;
    Mission {
        object,
        duty,
        structure_id,
        day: zones.day(*starts_at, &zone),
        ended: zones.day(*done_at, &zone),
        reported: reported_at.map(|at| zones.day(*at, &zone)),
        satisfaction,
        imported,
    }
}

/// A row of [`visits`], its columns in their order.
type VisitRow = (ExpertId, StructureId, entity::Instant, Option<entity::Instant>, bool, String);

async fn visits(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    starts: &Starts,
) -> Result<HashMap<ExpertId, Vec<Visit>>, ExpertError> {
    use agreement_request::Column;
    let controllers = files.iter().filter(|file| file.duty == Duty::Controleur);
    let controllers = controllers.filter_map(|file| Some((file.expert_id, *starts.get(&file.expert_id)?)));
    let starts: Starts = controllers.collect();
    if starts.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<VisitRow> = agreement_request::Entity::find()
        .join(JoinType::InnerJoin, db::structure_of_request())
        .select_only()
        .columns([
            Column::ControllerId,
            Column::StructureId,
            Column::VisitedAt,
            Column::ReportSentAt,
            Column::VisitRefused,
        ])
        .column(structure::Column::Zone)
        .filter(done_since(&starts, Column::ControllerId, Column::VisitedAt))
        .into_tuple()
        .all(conn)
        .await?;
    let mut zones = Zones::default();
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.0).or_default().push(visit(row, &mut zones));
    }
    Ok(found)
}

fn visit(row: VisitRow, zones: &mut Zones) -> Visit {
    let (_, structure_id, visited_at, report_sent_at, refused, zone) = row;
    let reported = report_sent_at.map(|at| zones.day(*at, &zone));
    Visit { structure_id, day: zones.day(*visited_at, &zone), refused, reported }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    #[test]
    fn a_visit_counts_on_the_day_it_was_there() {
        let mut zones = Zones::default();
        for (zone, day) in [
            ("America/Cayenne", date!(2025 - 10 - 05)),
            ("Europe/Paris", date!(2025 - 10 - 06)),
            ("Pacific/Noumea", date!(2025 - 10 - 06)),
            ("", date!(2025 - 10 - 06)),
        ] {
            let at = datetime!(2025-10-06 01:30 UTC).into();
            let [person, there] = [1, 2].map(Uuid::from_u128);
            let visit = visit((person.into(), there.into(), at, None, false, zone.to_owned()), &mut zones);
            assert_eq!(visit.day, day, "{zone}");
        }
    }
}
