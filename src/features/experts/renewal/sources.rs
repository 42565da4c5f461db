//! The days that count for a renewal, read where they are kept.

use std::collections::HashMap;

use entity::habilitation::{self, Duty};
use entity::habilitation_step::{self, StepKind};
use entity::ids::StructureId;
use entity::meeting::{self, MeetingKind};
use entity::mission::{self, MissionObject, MissionState};
use entity::{agreement_request, meeting_guest, structure};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use time::Date;

use super::super::ExpertError;
use crate::rules::deadline::date_in_zone;
use crate::rules::right::Span;

/// Missions done under this duty: juries, controls (visits of a request or missions of their own), sessions.
pub(super) async fn missions(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
) -> Result<Vec<Date>, ExpertError> {
    match file.duty {
        Duty::Mandataire => done(conn, file, MissionObject::Jury).await,
        Duty::Controleur => {
            let mut days = visits(conn, file).await?;
            days.extend(done(conn, file, MissionObject::Inspection).await?);
            Ok(days)
        }
        Duty::Epsp => done(conn, file, MissionObject::Session).await,
    }
}

/// The first day of each mission of an object that took place, where it was.
async fn done(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
    object: MissionObject,
) -> Result<Vec<Date>, ExpertError> {
    use mission::Column;
    let rows: Vec<(entity::Instant, String)> = mission::Entity::find()
        .select_only()
        .columns([Column::StartsAt, Column::Zone])
        .filter(Column::ExpertId.eq(file.expert_id))
        .filter(Column::Object.eq(object))
        .filter(Column::State.is_in([MissionState::Done, MissionState::ReportReceived]))
        .into_tuple()
        .all(conn)
        .await?;
    let day = |(at, zone): &(entity::Instant, String)| date_in_zone(**at, zone).unwrap_or_else(|_| at.date());
    Ok(rows.iter().map(day).collect())
}

async fn visits(conn: &impl ConnectionTrait, file: &habilitation::Model) -> Result<Vec<Date>, ExpertError> {
    use agreement_request::Column;
    let visits: Vec<(entity::Instant, StructureId)> = agreement_request::Entity::find()
        .select_only()
        .columns([Column::VisitedAt, Column::StructureId])
        .filter(Column::ControllerId.eq(file.expert_id))
        .filter(Column::VisitedAt.is_not_null())
        .into_tuple()
        .all(conn)
        .await?;
    let zones: Vec<(StructureId, String)> = structure::Entity::find()
        .select_only()
        .columns([structure::Column::Id, structure::Column::Zone])
        .filter(structure::Column::Id.is_in(visits.iter().map(|(_, structure)| *structure)))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(days(&visits, &zones.into_iter().collect()))
}

/// The day that each visit was where it took place: an evening in Cayenne is already the next day in UTC.
fn days(visits: &[(entity::Instant, StructureId)], zones: &HashMap<StructureId, String>) -> Vec<Date> {
    let day = |(at, structure): &(entity::Instant, StructureId)| {
        let there = zones.get(structure).and_then(|zone| date_in_zone(**at, zone).ok());
        there.unwrap_or_else(|| at.date())
    };
    visits.iter().map(day).collect()
}

/// Quarterly meetings attended, of this duty or of all.
pub(super) async fn meetings(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
) -> Result<Vec<Date>, ExpertError> {
    let own = match file.duty {
        Duty::Mandataire => MeetingKind::Mandataires,
        Duty::Controleur => MeetingKind::Controleurs,
        Duty::Epsp => MeetingKind::Formateurs,
    };
    let attended = meeting_guest::Entity::find()
        .select_only()
        .column(meeting_guest::Column::MeetingId)
        .filter(meeting_guest::Column::ExpertId.eq(file.expert_id))
        .filter(meeting_guest::Column::Present.eq(true))
        .into_query();
    let days: Vec<Date> = meeting::Entity::find()
        .select_only()
        .column(meeting::Column::MeetsOn)
        .filter(meeting::Column::Id.in_subquery(attended))
        .filter(meeting::Column::Kind.is_in([own, MeetingKind::Mixed]))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(days)
}

/// Observations of practice during the period.
pub(super) async fn observations(
    conn: &impl ConnectionTrait,
    file: &habilitation::Model,
    period: Span,
) -> Result<Vec<Date>, ExpertError> {
    use habilitation_step::Column;
    let days: Vec<Date> = habilitation_step::Entity::find()
        .select_only()
        .column(Column::DoneOn)
        .filter(Column::HabilitationId.eq(file.id))
        .filter(Column::Kind.is_in([StepKind::Observation, StepKind::Supervised]))
        .filter(Column::DoneOn.gte(period.from))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(days)
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
