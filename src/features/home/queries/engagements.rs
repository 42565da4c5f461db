//! The engagements of an expert: the missions offered to them or held, the visits that have their date, and the meetings to
//! which they are invited.

use entity::expert;
use entity::ids::ExpertId;
use entity::meeting_guest::GuestAnswer;
use entity::mission::MissionState;
use sea_orm::{ConnectionTrait, EntityTrait};
use time::OffsetDateTime;

use super::visits::{Visit, visits};
use crate::authz::Actor;
use crate::db;
use crate::features::home::engagement::{Awaited, Engagement, Kind};
use crate::features::meetings::queries::{Invited, invited_to};
use crate::features::{meetings, missions};
use crate::rules::engagement::VISIT;

/// The engagements of a person in no order, and the zone in which their delays are told.
///
/// # Errors
/// What the database answers.
pub async fn engagements(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    person: ExpertId,
    now: OffsetDateTime,
) -> Result<(Vec<Engagement>, String), db::Error> {
    let agenda = missions::queries::agenda(conn, actor, person).await?;
    let ids: Vec<_> = agenda.offered.iter().map(|found| found.mission.id).collect();
    let due = missions::queries::answers_due(conn, &ids).await?;
    let row = expert::Entity::find_by_id(person).one(conn).await?;
    let visits = visits(conn, actor).await?;
    let invited = invited_to(conn, person, now).await?;
    let awaited = |found: &missions::queries::Found| match found.mission.state {
        MissionState::Proposed => Some(Awaited::Answer(due.get(&found.mission.id).copied())),
        MissionState::Accepted => Some(Awaited::Day),
        MissionState::InProgress => Some(Awaited::End),
        MissionState::Done => Some(Awaited::Report),
        _ => None,
    };
    let missions = agenda.offered.iter().chain(&agenda.coming);
    let missions = missions.filter_map(|found| Some(of_mission(found, awaited(found)?)));
    let found =
        missions.chain(visits.into_iter().map(of_visit)).chain(invited.iter().map(of_meeting)).collect();
    Ok((found, row.map(|row| row.zone).unwrap_or_default()))
}

fn of_mission(found: &missions::queries::Found, awaited: Awaited) -> Engagement {
    let mission = &found.mission;
    let persons = missions::wording::items(&mission.persons);
    Engagement {
        kind: Kind::Mission,
        reference: mission.number.clone(),
        title: mission.title.clone(),
        starts_at: *mission.starts_at,
        ends_at: *mission.ends_at,
        zone: mission.zone.clone(),
        place: mission.place.clone(),
        with: found.structure_name.iter().cloned().chain(persons).collect(),
        awaited,
    }
}

fn of_visit(visit: Visit) -> Engagement {
    Engagement {
        kind: Kind::Visit,
        reference: visit.reference,
        title: String::new(),
        starts_at: *visit.at,
        ends_at: *visit.at + VISIT,
        zone: visit.zone,
        place: visit.place,
        with: vec![visit.structure_name],
        awaited: Awaited::Day,
    }
}

fn of_meeting(one: &Invited) -> Engagement {
    let row = &one.meeting;
    Engagement {
        kind: Kind::Meeting,
        reference: row.number.clone(),
        title: meetings::labels::title(row.kind).to_owned(),
        starts_at: *row.starts_at,
        ends_at: one.ends_at(),
        zone: one.zone().to_owned(),
        place: meetings::labels::place(row),
        with: Vec::new(),
        awaited: match one.answer {
            GuestAnswer::None => Awaited::Answer(Some(*row.starts_at)),
            GuestAnswer::Coming | GuestAnswer::Away => Awaited::Day,
        },
    }
}
