//! The days that count for renewals, read where they are kept: the same number of queries whatever that of the files.

use std::collections::HashMap;

use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use entity::ids::{ExpertId, HabilitationId, MeetingId, StructureId};
use entity::meeting::{self, MeetingKind};
use entity::mission::{self, MissionObject};
use entity::{agreement_request, meeting_guest};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use time::Date;

use super::super::ExpertError;
use crate::db;
use crate::rules::deadline::{date_in_zone, day_in_zone};

/// The days of one kind of evidence, by file.
pub(super) type Days = HashMap<HabilitationId, Vec<Date>>;

/// The day of a mission or of a visit, where it took place, and the structure when there is one.
type Act = (Date, Option<StructureId>);

/// Missions done under the duty of each file: juries, controls, sessions. A control is the visit of a request or a
/// mission of its own, and counts once when it was recorded as both.
pub(super) async fn missions(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<Days, ExpertError> {
    let done = done(conn, files).await?;
    let visits = visits(conn, files).await?;
    let of = |file: &habilitation::Model| {
        let own = done.iter().filter(|one| one.expert_id == file.expert_id && one.counts_for(file.duty));
        let own: Vec<Act> = own.map(Done::act).collect();
        let visited = visits.get(&file.expert_id).filter(|_| file.duty == Duty::Controleur);
        (file.id, once_each(visited.map(Vec::as_slice).unwrap_or_default(), &own))
    };
    Ok(files.iter().map(of).collect())
}

/// The scores given to the missions done under the duty of each file, each on its day.
pub(super) async fn scores(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<HashMap<HabilitationId, Vec<(Date, u16)>>, ExpertError> {
    let done = done(conn, files).await?;
    let of = |file: &habilitation::Model| {
        let own = done.iter().filter(|one| one.expert_id == file.expert_id && one.counts_for(file.duty));
        (file.id, own.filter_map(Done::score).collect())
    };
    Ok(files.iter().map(of).collect())
}

/// What the missions of a duty are about.
pub(super) const fn object_of(duty: Duty) -> MissionObject {
    match duty {
        Duty::Mandataire => MissionObject::Jury,
        Duty::Controleur => MissionObject::Inspection,
        Duty::Epsp => MissionObject::Session,
    }
}

/// The days of visits, then those of missions that are not the visit of the same structure on the same day.
fn once_each(visits: &[Act], missions: &[Act]) -> Vec<Date> {
    let others = missions.iter().filter(|mission| !visits.contains(mission));
    visits.iter().chain(others).map(|(day, _)| *day).collect()
}

/// A mission that took place, whatever became of its report and of its expenses.
#[derive(FromQueryResult)]
struct Done {
    expert_id: ExpertId,
    object: MissionObject,
    duty: Option<Duty>,
    structure_id: Option<StructureId>,
    starts_at: entity::Instant,
    zone: String,
    satisfaction: Option<i32>,
}

impl Done {
    /// Whether it is what the duty does, and asked for no other duty.
    fn counts_for(&self, duty: Duty) -> bool {
        self.object == object_of(duty) && self.duty.is_none_or(|asked| asked == duty)
    }

    /// Its first day and its score, when somebody gave one.
    fn score(&self) -> Option<(Date, u16)> {
        Some((self.act().0, self.satisfaction?.try_into().ok()?))
    }

    /// Its first day, where it was.
    fn act(&self) -> Act {
        let day = day_in_zone(*self.starts_at, &self.zone);
        (day, self.structure_id)
    }
}

async fn done(conn: &impl ConnectionTrait, files: &[habilitation::Model]) -> Result<Vec<Done>, ExpertError> {
    use mission::Column;
    let done = mission::Entity::find()
        .select_only()
        .columns([
            Column::ExpertId,
            Column::Object,
            Column::Duty,
            Column::StructureId,
            Column::StartsAt,
            Column::Zone,
            Column::Satisfaction,
        ])
        .filter(Column::ExpertId.is_in(files.iter().map(|file| file.expert_id)))
        .filter(Column::DoneAt.is_not_null())
        .into_model::<Done>()
        .all(conn)
        .await?;
    Ok(done)
}

async fn visits(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<HashMap<ExpertId, Vec<Act>>, ExpertError> {
    use agreement_request::Column;
    let people = files.iter().filter(|file| file.duty == Duty::Controleur).map(|file| file.expert_id);
    let visits: Vec<(Option<ExpertId>, entity::Instant, StructureId)> = agreement_request::Entity::find()
        .select_only()
        .columns([Column::ControllerId, Column::VisitedAt, Column::StructureId])
        .filter(Column::ControllerId.is_in(people))
        .filter(Column::VisitedAt.is_not_null())
        .into_tuple()
        .all(conn)
        .await?;
    let places: Vec<_> = visits.iter().map(|(_, _, structure)| *structure).collect();
    let zones = db::zones_of(conn, &places).await?;
    let mut by_person: HashMap<ExpertId, Vec<(entity::Instant, StructureId)>> = HashMap::new();
    for (person, at, structure) in visits {
        if let Some(person) = person {
            by_person.entry(person).or_default().push((at, structure));
        }
    }
    Ok(by_person.into_iter().map(|(person, visits)| (person, acts(&visits, &zones))).collect())
}

/// The day that each visit was where it took place: an evening in Cayenne is already the next day in UTC.
fn acts(visits: &[(entity::Instant, StructureId)], zones: &HashMap<StructureId, String>) -> Vec<Act> {
    let act = |(at, structure): &(entity::Instant, StructureId)| {
        let there = zones.get(structure).and_then(|zone| date_in_zone(**at, zone).ok());
        (there.unwrap_or_else(|| at.date()), Some(*structure))
    };
    visits.iter().map(act).collect()
}

/// Quarterly meetings attended, of the duty of each file or of all.
pub(super) async fn meetings(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<Days, ExpertError> {
    let attended: Vec<(ExpertId, MeetingId)> = meeting_guest::Entity::find()
        .select_only()
        .columns([meeting_guest::Column::ExpertId, meeting_guest::Column::MeetingId])
        .filter(meeting_guest::Column::ExpertId.is_in(files.iter().map(|file| file.expert_id)))
        .filter(meeting_guest::Column::Present.eq(true))
        .into_tuple()
        .all(conn)
        .await?;
    let held: Vec<(MeetingId, MeetingKind, Date)> = meeting::Entity::find()
        .select_only()
        .columns([meeting::Column::Id, meeting::Column::Kind, meeting::Column::MeetsOn])
        .filter(meeting::Column::Id.is_in(attended.iter().map(|(_, meeting)| *meeting)))
        .into_tuple()
        .all(conn)
        .await?;
    let held: HashMap<_, _> = held.into_iter().map(|(id, kind, day)| (id, (kind, day))).collect();
    let of = |file: &habilitation::Model| {
        let kinds = [kind_of(file.duty), MeetingKind::Mixed];
        let own = attended.iter().filter(|(person, _)| *person == file.expert_id);
        let days = own.filter_map(|(_, meeting)| held.get(meeting));
        (file.id, days.filter(|(kind, _)| kinds.contains(kind)).map(|(_, day)| *day).collect())
    };
    Ok(files.iter().map(of).collect())
}

const fn kind_of(duty: Duty) -> MeetingKind {
    match duty {
        Duty::Mandataire => MeetingKind::Mandataires,
        Duty::Controleur => MeetingKind::Controleurs,
        Duty::Epsp => MeetingKind::Formateurs,
    }
}

/// Observations of practice of each file.
pub(super) async fn observations(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<Days, ExpertError> {
    use habilitation_step::Column;
    let rows: Vec<(HabilitationId, Date)> = habilitation_step::Entity::find()
        .select_only()
        .columns([Column::HabilitationId, Column::DoneOn])
        .filter(Column::HabilitationId.is_in(files.iter().map(|file| file.id)))
        .filter(Column::Kind.is_in([StepKind::Observation, StepKind::Supervised]))
        .into_tuple()
        .all(conn)
        .await?;
    let mut found = Days::new();
    for (file, day) in rows {
        found.entry(file).or_default().push(day);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    #[test]
    fn a_visit_counts_on_the_day_it_was_there() {
        let structure = StructureId::from(Uuid::from_u128(1));
        for (zone, day) in [
            ("America/Cayenne", date!(2025 - 10 - 05)),
            ("Europe/Paris", date!(2025 - 10 - 06)),
            ("Pacific/Noumea", date!(2025 - 10 - 06)),
            ("", date!(2025 - 10 - 06)),
        ] {
            let visit = [(entity::Instant::from(datetime!(2025-10-06 01:30 UTC)), structure)];
            let zones = HashMap::from([(structure, zone.to_owned())]);
            assert_eq!(acts(&visit, &zones), [(day, Some(structure))], "{zone}");
        }
    }

    #[test]
    fn a_control_recorded_as_a_visit_and_as_a_mission_counts_once() {
        let there = |number| Some(StructureId::from(Uuid::from_u128(number)));
        let (one, other) = (date!(2025 - 10 - 06), date!(2025 - 10 - 07));
        for (visits, missions, expected) in [
            (vec![(one, there(1))], vec![(one, there(1))], vec![one]),
            (vec![(one, there(1))], vec![(one, there(2))], vec![one, one]),
            (vec![(one, there(1))], vec![(other, there(1))], vec![one, other]),
            (vec![(one, there(1))], vec![(one, None)], vec![one, one]),
            (vec![], vec![(one, there(1)), (other, None)], vec![one, other]),
        ] {
            assert_eq!(once_each(&visits, &missions), expected, "{visits:?} {missions:?}");
        }
    }
}
