//! The days that count for renewals, read where they are kept: the same number of queries whatever that of the files.

use std::collections::HashMap;

use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use entity::ids::{ExpertId, HabilitationId, MeetingId, StructureId};
use entity::meeting::{self, MeetingKind};
use entity::{agreement_request, meeting_guest, mission, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::Date;

use super::super::ExpertError;
use crate::rules::deadline::date_in_zone;

/// The days of one kind of evidence, by file.
pub(super) type Days = HashMap<HabilitationId, Vec<Date>>;

/// Missions done under the duty of each file, and the visits of a contrôleur.
pub(super) async fn missions(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<Days, ExpertError> {
    use mission::Column;
    let done: Vec<(ExpertId, Option<Duty>, entity::Instant, String)> = mission::Entity::find()
        .select_only()
        .columns([Column::ExpertId, Column::Duty, Column::StartsAt, Column::Zone])
        .filter(Column::ExpertId.is_in(files.iter().map(|file| file.expert_id)))
        .filter(Column::DoneAt.is_not_null())
        .into_tuple()
        .all(conn)
        .await?;
    let visits = visits(conn, files).await?;
    let of = |file: &habilitation::Model| {
        let own =
            done.iter().filter(|(person, duty, ..)| (*person, *duty) == (file.expert_id, Some(file.duty)));
        let mut days: Vec<Date> =
            own.map(|(_, _, at, zone)| date_in_zone(**at, zone).unwrap_or_else(|_| at.date())).collect();
        if file.duty == Duty::Controleur {
            days.extend(visits.get(&file.expert_id).into_iter().flatten());
        }
        (file.id, days)
    };
    Ok(files.iter().map(of).collect())
}

async fn visits(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
) -> Result<HashMap<ExpertId, Vec<Date>>, ExpertError> {
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
    let zones: Vec<(StructureId, String)> = structure::Entity::find()
        .select_only()
        .columns([structure::Column::Id, structure::Column::Zone])
        .filter(structure::Column::Id.is_in(visits.iter().map(|(_, _, structure)| *structure)))
        .into_tuple()
        .all(conn)
        .await?;
    let zones: HashMap<_, _> = zones.into_iter().collect();
    let mut by_person: HashMap<ExpertId, Vec<(entity::Instant, StructureId)>> = HashMap::new();
    for (person, at, structure) in visits {
        if let Some(person) = person {
            by_person.entry(person).or_default().push((at, structure));
        }
    }
    Ok(by_person.into_iter().map(|(person, visits)| (person, days(&visits, &zones))).collect())
}

/// The day that each visit was where it took place: an evening in Cayenne is already the next day in UTC.
fn days(visits: &[(entity::Instant, StructureId)], zones: &HashMap<StructureId, String>) -> Vec<Date> {
    let day = |(at, structure): &(entity::Instant, StructureId)| {
        let there = zones.get(structure).and_then(|zone| date_in_zone(**at, zone).ok());
        there.unwrap_or_else(|| at.date())
    };
    visits.iter().map(day).collect()
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
            assert_eq!(days(&visit, &zones), [day], "{zone}");
        }
    }
}
