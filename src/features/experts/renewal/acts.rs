//! What people did for the certifier, read once for every condition: missions, and visits of requests.

use std::collections::HashMap;

use entity::habilitation::{self, Duty};
use entity::ids::{ExpertId, StructureId};
use entity::mission::{self, MissionObject};
use entity::{agreement_request, structure};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QuerySelect,
};
use time::Date;

use super::super::ExpertError;
use crate::db;
use crate::rules::deadline::{add_days, day_in_zone};

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

/// A mission that took place, whatever became of its report and of its expenses.
#[derive(FromQueryResult)]
pub(super) struct Mission {
    expert_id: ExpertId,
    pub(super) object: MissionObject,
    pub(super) duty: Option<Duty>,
    pub(super) structure_id: Option<StructureId>,
    starts_at: entity::Instant,
    pub(super) done_at: entity::Instant,
    pub(super) reported_at: Option<entity::Instant>,
    pub(super) zone: String,
    satisfaction: Option<i32>,
    external_ref: Option<String>,
}

impl Mission {
    /// Its first day, where it was.
    pub(super) fn day(&self) -> Date {
        day_in_zone(*self.starts_at, &self.zone)
    }

    /// Whether something is known of its report: a file of past missions tells nothing of the delays.
    pub(super) fn tells_its_report(&self) -> bool {
        self.reported_at.is_some() || self.external_ref.is_none()
    }

    /// Its first day and its score, when somebody gave one.
    pub(super) fn score(&self) -> Option<(Date, u16)> {
        Some((self.day(), u16::try_from(self.satisfaction?).ok()?))
    }
}

/// A visit that took place, or that the structure refused on the day.
#[derive(Clone, FromQueryResult)]
pub(super) struct Visit {
    controller_id: Option<ExpertId>,
    pub(super) structure_id: StructureId,
    pub(super) visited_at: entity::Instant,
    pub(super) refused: bool,
    pub(super) report_sent_at: Option<entity::Instant>,
    pub(super) zone: String,
}

impl Visit {
    /// Its day where it took place: an evening in Cayenne is already the next day in UTC.
    pub(super) fn day(&self) -> Date {
        day_in_zone(*self.visited_at, &self.zone)
    }
}

/// What the people of these files did since a day, wherever on Earth it begins.
///
/// # Errors
/// What the database answers.
pub(super) async fn since(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    day: Date,
) -> Result<Acts, ExpertError> {
    let from = add_days(day, -1).midnight().assume_utc().into();
    let mut acts = Acts { missions: HashMap::new(), visits: HashMap::new() };
    for mission in missions(conn, files, from).await? {
        acts.missions.entry(mission.expert_id).or_default().push(mission);
    }
    for visit in visits(conn, files, from).await? {
        if let Some(person) = visit.controller_id {
            acts.visits.entry(person).or_default().push(visit);
        }
    }
    Ok(acts)
}

async fn missions(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    from: entity::Instant,
) -> Result<Vec<Mission>, ExpertError> {
    use mission::Column;
    let missions = mission::Entity::find()
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
            Column::ExternalRef,
        ])
        .filter(Column::ExpertId.is_in(files.iter().map(|file| file.expert_id)))
        .filter(Column::DoneAt.gte(from))
        .into_model()
        .all(conn)
        .await?;
    Ok(missions)
}

async fn visits(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    from: entity::Instant,
) -> Result<Vec<Visit>, ExpertError> {
    use agreement_request::Column;
    let controllers = files.iter().filter(|file| file.duty == Duty::Controleur).map(|file| file.expert_id);
    let visits = agreement_request::Entity::find()
        .join(JoinType::InnerJoin, db::structure_of_request())
        .select_only()
        .columns([Column::ControllerId, Column::StructureId, Column::VisitedAt, Column::ReportSentAt])
        .column_as(Column::VisitRefused, "refused")
        .column_as(structure::Column::Zone, "zone")
        .filter(Column::ControllerId.is_in(controllers))
        .filter(Column::VisitedAt.gte(from))
        .into_model()
        .all(conn)
        .await?;
    Ok(visits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    #[test]
    fn a_visit_counts_on_the_day_it_was_there() {
        for (zone, day) in [
            ("America/Cayenne", date!(2025 - 10 - 05)),
            ("Europe/Paris", date!(2025 - 10 - 06)),
            ("Pacific/Noumea", date!(2025 - 10 - 06)),
            ("", date!(2025 - 10 - 06)),
        ] {
            let visit = Visit {
                controller_id: None,
                structure_id: Uuid::from_u128(1).into(),
                visited_at: datetime!(2025-10-06 01:30 UTC).into(),
                refused: false,
                report_sent_at: None,
                zone: zone.to_owned(),
            };
            assert_eq!(visit.day(), day, "{zone}");
        }
    }
}
