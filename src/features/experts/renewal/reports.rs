//! The reports that were due, and whether they came in time: of missions, and of the visits of requests.

use std::collections::HashMap;

use entity::agreement_request;
use entity::habilitation::{self, Duty};
use entity::ids::{ExpertId, HabilitationId, StructureId};
use entity::mission;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::{Date, OffsetDateTime};

use super::super::ExpertError;
use super::sources::object_of;
use crate::db;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::territory::PARIS;

/// A report that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// The day of the act that it is about, where it took place.
    pub(super) day: Date,
    /// It came within the delay.
    pub(super) in_time: bool,
}

/// What is known of an act: its end, its report, its zone.
struct Act {
    ended: OffsetDateTime,
    reported: Option<OffsetDateTime>,
    zone: String,
}

/// The reports due until a day under each file.
///
/// # Errors
/// What the database answers.
pub(super) async fn due(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    today: Date,
    days: u16,
) -> Result<HashMap<HabilitationId, Vec<Report>>, ExpertError> {
    let missions = missions(conn, files).await?;
    let visits = visits(conn, files).await?;
    let of = |file: &habilitation::Model| {
        let own = missions.get(&(file.expert_id, object_of(file.duty)));
        let seen = visits.get(&file.expert_id).filter(|_| file.duty == Duty::Controleur);
        let acts = own.into_iter().chain(seen).flatten();
        (file.id, acts.filter_map(|act| weighed(act, today, days)).collect())
    };
    Ok(files.iter().map(of).collect())
}

/// Whether a report came in time; none while its delay runs and it has not come.
fn weighed(act: &Act, today: Date, days: u16) -> Option<Report> {
    let day = day_in_zone(act.ended, &act.zone);
    let last = add_days(day, days.into());
    let came = act.reported.map(|at| day_in_zone(at, &act.zone));
    let in_time = match came {
        Some(came) => came <= last,
        None if last >= today => return None,
        None => false,
    };
    Some(Report { day, in_time })
}

async fn missions(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<HashMap<(ExpertId, mission::MissionObject), Vec<Act>>, ExpertError> {
    use mission::Column;
    let rows: Vec<(ExpertId, mission::MissionObject, entity::Instant, Option<entity::Instant>, String)> =
        mission::Entity::find()
            .select_only()
            .columns([Column::ExpertId, Column::Object, Column::DoneAt, Column::ReportedAt, Column::Zone])
            .filter(Column::ExpertId.is_in(files.iter().map(|file| file.expert_id)))
            .filter(Column::DoneAt.is_not_null())
            .into_tuple()
            .all(conn)
            .await?;
    let mut found: HashMap<_, Vec<Act>> = HashMap::new();
    for (expert, object, ended, reported, zone) in rows {
        let act = Act { ended: *ended, reported: reported.map(|at| *at), zone };
        found.entry((expert, object)).or_default().push(act);
    }
    Ok(found)
}

async fn visits(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<HashMap<ExpertId, Vec<Act>>, ExpertError> {
    use agreement_request::Column;
    let people = files.iter().filter(|file| file.duty == Duty::Controleur).map(|file| file.expert_id);
    let rows: Vec<(Option<ExpertId>, entity::Instant, Option<entity::Instant>, StructureId)> =
        agreement_request::Entity::find()
            .select_only()
            .columns([Column::ControllerId, Column::VisitedAt, Column::ReportSentAt, Column::StructureId])
            .filter(Column::ControllerId.is_in(people))
            .filter(Column::VisitedAt.is_not_null())
            // A visit that the structure refused has nothing to report.
            .filter(Column::VisitRefused.eq(false))
            .into_tuple()
            .all(conn)
            .await?;
    let places: Vec<_> = rows.iter().map(|(_, _, _, structure)| *structure).collect();
    let zones = db::zones_of(conn, &places).await?;
    let mut found: HashMap<_, Vec<Act>> = HashMap::new();
    for (person, ended, reported, structure) in rows {
        let zone = zones.get(&structure).cloned().unwrap_or_else(|| PARIS.to_owned());
        let act = Act { ended: *ended, reported: reported.map(|at| *at), zone };
        if let Some(person) = person {
            found.entry(person).or_default().push(act);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_report_is_in_time_on_the_last_day_where_the_act_was() {
        let today = date!(2025 - 11 - 30);
        let cayenne = |reported| Act {
            ended: datetime!(2025-10-06 20:00 UTC),
            reported,
            zone: "America/Cayenne".to_owned(),
        };
        for (reported, in_time) in [
            (Some(datetime!(2025-10-22 02:30 UTC)), true),
            (Some(datetime!(2025-10-22 03:30 UTC)), false),
            (None, false),
        ] {
            let found = weighed(&cayenne(reported), today, 15);
            let expected = Report { day: date!(2025 - 10 - 06), in_time };
            assert_eq!(found, Some(expected), "{reported:?}");
        }
        assert_eq!(weighed(&cayenne(None), date!(2025 - 10 - 21), 15), None, "the delay still runs");
    }
}
