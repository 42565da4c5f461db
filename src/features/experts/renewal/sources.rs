//! The days that count for renewals, read where they are kept: the same number of queries whatever that of the files.

use std::collections::{HashMap, HashSet};

use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use entity::ids::{ExpertId, HabilitationId, StructureId};
use entity::meeting::{self, MeetingKind};
use entity::meeting_guest;
use entity::mission::MissionObject;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationDef};
use time::Date;

use super::super::ExpertError;
use super::acts::{Acts, Mission};

/// The days of one kind of evidence, by file.
pub(super) type Days = HashMap<HabilitationId, Vec<Date>>;

/// The day of a mission or of a visit, where it took place, and the structure when there is one.
type Act = (Date, Option<StructureId>);

/// Missions done under the duty of each file: juries, controls, sessions. A control is the visit of a request or a
/// mission of its own, and counts once when it was recorded as both.
pub(super) fn missions(files: &[habilitation::Model], acts: &Acts) -> Days {
    let of = |file: &habilitation::Model| {
        let own = acts.missions(file.expert_id).iter().filter(|one| counts_for(one, file.duty));
        let own: Vec<Act> = own.map(|one| (one.day, one.structure_id)).collect();
        let visits = acts.visits(file).iter().map(|one| (one.day, Some(one.structure_id)));
        (file.id, once_each(&visits.collect::<Vec<_>>(), &own))
    };
    files.iter().map(of).collect()
}

/// Whether a mission is what the duty does, and asked for no other duty.
fn counts_for(mission: &Mission, duty: Duty) -> bool {
    mission.object == object_of(duty) && mission.duty.is_none_or(|asked| asked == duty)
}

/// The scores given to the missions done under the duty of each file, each on its day.
pub(super) fn scores(
    files: &[habilitation::Model],
    acts: &Acts,
) -> HashMap<HabilitationId, Vec<(Date, u16)>> {
    let of = |file: &habilitation::Model| {
        let own = acts.missions(file.expert_id).iter().filter(|one| counts_for(one, file.duty));
        (file.id, own.filter_map(Mission::score).collect())
    };
    files.iter().map(of).collect()
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

/// Quarterly meetings attended within these days, of the duty of each file or of all.
pub(super) async fn meetings(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    (since, until): (Date, Date),
) -> Result<Days, ExpertError> {
    let people: HashSet<ExpertId> = files.iter().map(|file| file.expert_id).collect();
    let attended: Vec<(ExpertId, MeetingKind, Date)> = meeting_guest::Entity::find()
        .join(JoinType::InnerJoin, meeting_of_guest())
        .select_only()
        .column(meeting_guest::Column::ExpertId)
        .columns([meeting::Column::Kind, meeting::Column::MeetsOn])
        .filter(meeting_guest::Column::ExpertId.is_in(people))
        .filter(meeting_guest::Column::Present.eq(true))
        .filter(meeting::Column::MeetsOn.gte(since))
        .filter(meeting::Column::MeetsOn.lte(until))
        .into_tuple()
        .all(conn)
        .await?;
    let mut by_person: HashMap<ExpertId, Vec<(MeetingKind, Date)>> = HashMap::new();
    for (person, kind, day) in attended {
        by_person.entry(person).or_default().push((kind, day));
    }
    let of = |file: &habilitation::Model| {
        let kinds = [kind_of(file.duty), MeetingKind::Mixed];
        let own = by_person.get(&file.expert_id).into_iter().flatten();
        (file.id, own.filter(|(kind, _)| kinds.contains(kind)).map(|(_, day)| *day).collect())
    };
    Ok(files.iter().map(of).collect())
}

fn meeting_of_guest() -> RelationDef {
    meeting_guest::Entity::belongs_to(meeting::Entity)
        .from(meeting_guest::Column::MeetingId)
        .to(meeting::Column::Id)
        .into()
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
    use time::macros::date;
    use uuid::Uuid;

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
