//! Reads of the network: a fixed number of queries, however many people there are.

use std::collections::{HashMap, HashSet};

use entity::agreement_request;
use entity::expert;
use entity::habilitation::{self, Duty};
use entity::ids::{ExpertId, HabilitationId};
use entity::mission::{self, MissionState};
use entity::structure;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::sheet::{Line, Network, Risk, Work};
use crate::authz::{self, Actor, Facts, Permission, may, visible};
use crate::db;
use crate::features::experts::{ExpertError, renewal};
use crate::features::rights::{self, Held, HolderKind, RightKind, SourceKind};
use crate::features::{agreements, missions, settings};
use crate::rules::deadline::{add_months, end_of_day};
use crate::rules::fold::fold;
use crate::rules::territory::{self, PARIS, Region};

/// Months within which a right ends soon.
const SOON_MONTHS: i32 = 6;
/// Months that make a load.
const LOAD_MONTHS: i32 = 12;

/// The network on a day, as the actor follows it.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn network(conn: &impl ConnectionTrait, actor: &Actor, on: Date) -> Result<Network, ExpertError> {
    authz::allows_somewhere(actor, Permission::NetworkView, &Facts::default())?;
    let regions = followed(actor);
    let everywhere = regions.len() == territory::regions().len();
    let held = rights::queries::in_force(conn, RightKind::Habilitation, None, on).await?;
    let files = files_of(conn, &held).await?;
    let people = async { Ok::<_, ExpertError>(people_of(conn, actor, &files).await?) };
    let work = async { Ok::<_, ExpertError>(work(conn, &files, on).await?) };
    let loads = async { Ok::<_, ExpertError>(loads_by_region(conn, on).await?) };
    let (people, work, mut risks, loads) = tokio::try_join!(people, work, risks(conn, &files, on), loads)?;
    let ends = ends_of(conn, &held).await?;
    let mut lines: Vec<Line> = Vec::with_capacity(files.len());
    let mut places: HashMap<(ExpertId, Duty), usize> = HashMap::with_capacity(files.len());
    for file in &files {
        let Some(person) = people.get(&file.expert_id) else { continue };
        let ends_on = ends.get(&file.id.0).copied();
        let own = risks.remove(&file.id).unwrap_or_default();
        let place = *places.entry((file.expert_id, file.duty)).or_insert(lines.len());
        match lines.get_mut(place) {
            Some(known) => widen(known, file, ends_on, own),
            None => lines.push(line(person, file, ends_on, own, &work)),
        }
    }
    lines.retain(|line| everywhere || regions.iter().any(|region| line.covers(region.code)));
    for line in &mut lines {
        line.risks.sort_by_key(|risk| risk.due(on));
    }
    // As the list of experts: whatever the capitals, the accents and the particles.
    lines.sort_by_cached_key(|line| (fold(&line.name), line.number.clone()));
    Ok(Network { on, soon: add_months(on, SOON_MONTHS), regions, lines, loads })
}

/// The regions that the actor follows: all, unless their role is limited to some.
fn followed(actor: &Actor) -> Vec<&'static Region> {
    let facts = |region: &Region| Facts { region: Some(region.code.to_owned()), ..Facts::default() };
    territory::regions().iter().filter(|region| may(actor, Permission::NetworkView, &facts(region))).collect()
}

async fn files_of(conn: &impl ConnectionTrait, held: &[Held]) -> Result<Vec<habilitation::Model>, db::Error> {
    let given = held.iter().filter(|held| held.right.source_kind == SourceKind::Habilitation);
    let ids: HashSet<HabilitationId> = given.map(|held| held.right.source_id.into()).collect();
    Ok(habilitation::Entity::find().filter(habilitation::Column::Id.is_in(ids)).all(conn).await?)
}

/// The last day of the rights of each file and of those that go on with them; none for those that have no end.
async fn ends_of(conn: &impl ConnectionTrait, held: &[Held]) -> Result<HashMap<Uuid, Date>, db::Error> {
    let people: HashSet<Uuid> = held.iter().map(|held| held.right.holder_id).collect();
    let people: Vec<Uuid> = people.into_iter().collect();
    let own = rights::queries::of_holders(conn, HolderKind::Expert, &people).await?;
    let mut ends: HashMap<Uuid, Date> = HashMap::with_capacity(held.len());
    let none: &[Held] = &[];
    for one in held {
        let others = own.get(&one.right.holder_id).map_or(none, Vec::as_slice);
        if let Some(end) = one.last_day(others) {
            ends.entry(one.right.source_id).and_modify(|last| *last = end.max(*last)).or_insert(end);
        }
    }
    Ok(ends)
}

/// Someone, as a line says them.
struct Person {
    number: String,
    name: String,
}

async fn people_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    files: &[habilitation::Model],
) -> Result<HashMap<ExpertId, Person>, db::Error> {
    use expert::Column;
    let rows: Vec<(ExpertId, String, String, String)> = expert::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Number, Column::FamilyName, Column::FirstNames])
        .filter(visible::experts(actor))
        .filter(Column::Id.is_in(files.iter().map(|file| file.expert_id)))
        .into_tuple()
        .all(conn)
        .await?;
    let person = |(id, number, family_name, first_names): (ExpertId, String, String, String)| {
        (id, Person { number, name: format!("{family_name} {first_names}") })
    };
    Ok(rows.into_iter().map(person).collect())
}

/// The ends of the months that make a load: after the first, until the second.
fn twelve_months(on: Date) -> (entity::Instant, entity::Instant) {
    let end = |day: Date| entity::Instant::from(end_of_day(day, PARIS).unwrap_or_else(|_| midnight(day)));
    (end(add_months(on, -LOAD_MONTHS)), end(on))
}

/// Missions and visits of these months, by the region where they take place.
async fn loads_by_region(conn: &impl ConnectionTrait, on: Date) -> Result<HashMap<String, usize>, db::Error> {
    use agreement_request::Column;
    let (after, until) = twelve_months(on);
    let missions: Vec<(String, i64)> = mission::Entity::find()
        .select_only()
        .column(mission::Column::Region)
        .column_as(mission::Column::StartsAt.count(), "missions")
        .filter(
            mission::Column::State.is_in(MissionState::all().filter(|one| missions::state::is_held(*one))),
        )
        .filter(mission::Column::StartsAt.gt(after))
        .filter(mission::Column::StartsAt.lte(until))
        .group_by(mission::Column::Region)
        .into_tuple()
        .all(conn)
        .await?;
    let visits: Vec<(String, i64)> = agreement_request::Entity::find()
        .join(JoinType::InnerJoin, db::structure_of_request())
        .select_only()
        .column(structure::Column::Region)
        .column_as(Column::Id.count(), "visits")
        .filter(agreements::queries::dated())
        .filter(Column::VisitAt.gt(after))
        .filter(Column::VisitAt.lte(until))
        .group_by(structure::Column::Region)
        .into_tuple()
        .all(conn)
        .await?;
    let mut loads: HashMap<String, usize> = HashMap::new();
    for (region, number) in missions.into_iter().chain(visits) {
        *loads.entry(region).or_default() += usize::try_from(number).unwrap_or(0);
    }
    Ok(loads)
}

/// What these people carried over the months until the day, that day included.
async fn work(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    on: Date,
) -> Result<Work, db::Error> {
    use agreement_request::Column;
    let (after, until) = twelve_months(on);
    let people: HashSet<ExpertId> = files.iter().map(|file| file.expert_id).collect();
    let missions: Vec<(ExpertId, Option<Duty>, i64)> = mission::Entity::find()
        .select_only()
        .columns([mission::Column::ExpertId, mission::Column::Duty])
        .column_as(mission::Column::StartsAt.count(), "missions")
        .filter(mission::Column::ExpertId.is_in(people.iter().copied()))
        .filter(
            mission::Column::State.is_in(MissionState::all().filter(|one| missions::state::is_held(*one))),
        )
        .filter(mission::Column::StartsAt.gt(after))
        .filter(mission::Column::StartsAt.lte(until))
        .group_by(mission::Column::ExpertId)
        .group_by(mission::Column::Duty)
        .into_tuple()
        .all(conn)
        .await?;
    let visits: Vec<(ExpertId, i64)> = agreement_request::Entity::find()
        .select_only()
        .column(Column::ControllerId)
        .column_as(Column::Id.count(), "visits")
        .filter(Column::ControllerId.is_in(people))
        .filter(agreements::queries::dated())
        .filter(Column::VisitAt.gt(after))
        .filter(Column::VisitAt.lte(until))
        .group_by(Column::ControllerId)
        .into_tuple()
        .all(conn)
        .await?;
    let count = |number: i64| usize::try_from(number).unwrap_or(0);
    Ok(Work {
        missions: missions.into_iter().map(|(who, duty, number)| ((who, duty), count(number))).collect(),
        visits: visits.into_iter().map(|(who, number)| (who, count(number))).collect(),
    })
}

fn midnight(day: Date) -> OffsetDateTime {
    day.midnight().assume_utc()
}

/// The conditions of renewal at risk on the day, by file.
async fn risks(
    conn: &impl ConnectionTrait,
    files: &[habilitation::Model],
    on: Date,
) -> Result<HashMap<HabilitationId, Vec<Risk>>, ExpertError> {
    let rules = settings::renewal_rules(conn).await?;
    let conditions = renewal::conditions_of(conn, files, on, &rules).await?;
    let risk = |one: &renewal::Condition| Risk {
        said: renewal::sentence(one),
        until: one.span.and_then(|span| span.until),
    };
    let risks = |conditions: Vec<renewal::Condition>| -> Vec<Risk> {
        renewal::at_risk(&conditions, on).map(risk).collect()
    };
    Ok(conditions.into_iter().map(|(file, conditions)| (file, risks(conditions))).collect())
}

fn regions_of(file: &habilitation::Model) -> Vec<String> {
    file.regions.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

fn line(
    person: &Person,
    file: &habilitation::Model,
    ends_on: Option<Date>,
    risks: Vec<Risk>,
    work: &Work,
) -> Line {
    Line {
        expert: file.expert_id,
        number: person.number.clone(),
        name: person.name.clone(),
        duty: file.duty,
        regions: regions_of(file),
        ends_on,
        load: work.load(file.expert_id, file.duty),
        risks,
    }
}

/// Another file of the same person for the same duty: elsewhere, or on another certification.
fn widen(line: &mut Line, file: &habilitation::Model, ends_on: Option<Date>, risks: Vec<Risk>) {
    let more = regions_of(file);
    if more.is_empty() {
        line.regions.clear();
    } else if !line.regions.is_empty() {
        line.regions.extend(more);
    }
    line.ends_on = line.ends_on.min(ends_on).or(line.ends_on).or(ends_on);
    for risk in risks {
        if !line.risks.contains(&risk) {
            line.risks.push(risk);
        }
    }
}
