//! Reads of teaching supports; every list starts from what the actor may see (`authz::visible::teaching_supports`).

use std::collections::HashMap;

use entity::ids::{ExpertId, MissionId, StructureId, TeachingSupportId};
use entity::mission::{self, MissionState};
use entity::nonconformity;
use entity::teaching_support::{self, Column, SupportState};
use entity::{certification_version, expert, structure, support_nonconformity};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::{Date, OffsetDateTime};

use super::dossier::Dossier;
use super::error::SupportError;
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::missions::state::is_vacant;
use crate::rules::deadline::day_in_zone;

/// Rows of a run.
const BATCH: u64 = 200;

/// Which supports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number, of the structure or of its SIREN.
    pub q: String,
    /// Only this state.
    pub state: Option<SupportState>,
    /// Only this structure.
    pub structure: Option<StructureId>,
}

/// A page of supports, newest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<teaching_support::Model>, SupportError> {
    let mut select = teaching_support::Entity::find()
        .filter(visible::teaching_supports(actor))
        .filter(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// The names of the structures of these supports.
///
/// # Errors
/// What the database answers.
pub async fn structures(
    conn: &impl ConnectionTrait,
    rows: &[teaching_support::Model],
) -> Result<HashMap<StructureId, String>, SupportError> {
    let found = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    Ok(found.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A support with its surroundings, for whoever may see it.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The support, the structure, the certification.
    pub dossier: Dossier,
    /// Who gives it.
    pub expert: Option<expert::Model>,
    /// Its mission.
    pub mission: Option<mission::Model>,
    /// The gaps that it helps to put right.
    pub gaps: Vec<nonconformity::Model>,
}

/// A support that the actor may see.
///
/// # Errors
/// [`SupportError::NotFound`], or what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: TeachingSupportId,
) -> Result<Whole, SupportError> {
    let found = teaching_support::Entity::find_by_id(id).filter(visible::teaching_supports(actor));
    around(conn, found.one(conn).await?.ok_or(SupportError::NotFound)?).await
}

/// The same, by its number.
///
/// # Errors
/// [`SupportError::NotFound`], or what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<Whole, SupportError> {
    let found = teaching_support::Entity::find()
        .filter(visible::teaching_supports(actor))
        .filter(Column::Number.eq(number));
    around(conn, found.one(conn).await?.ok_or(SupportError::NotFound)?).await
}

/// What surrounds a support.
///
/// # Errors
/// What the database answers.
pub async fn around(
    conn: &impl ConnectionTrait,
    support: teaching_support::Model,
) -> Result<Whole, SupportError> {
    let expert = match support.expert_id {
        Some(id) => expert::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let mission = match support.mission_id {
        Some(id) => mission::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    let links = support_nonconformity::Entity::find()
        .filter(support_nonconformity::Column::SupportId.eq(support.id))
        .all(conn)
        .await?;
    let gaps = nonconformity::Entity::find()
        .filter(nonconformity::Column::Id.is_in(links.iter().map(|link| link.nonconformity_id)))
        .order_by_asc(nonconformity::Column::Id)
        .all(conn)
        .await?;
    Ok(Whole { dossier: Dossier::around(conn, support).await?, expert, mission, gaps })
}

/// The key of a person, by the number of their file.
///
/// # Errors
/// What the database answers.
pub async fn expert_of(conn: &impl ConnectionTrait, number: &str) -> Result<Option<ExpertId>, SupportError> {
    let found = expert::Entity::find().filter(expert::Column::Number.eq(number.trim())).one(conn).await?;
    Ok(found.map(|found| found.id))
}

/// A structure that the actor may see, by its SIREN.
///
/// # Errors
/// What the database answers.
pub async fn structure_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    siren: &str,
) -> Result<Option<structure::Model>, SupportError> {
    let digits: String = siren.chars().filter(char::is_ascii_digit).collect();
    let found = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(structure::Column::Siren.eq(digits))
        .one(conn)
        .await?;
    Ok(found)
}

/// A structure of the actor.
///
/// # Errors
/// What the database answers.
pub async fn own_structure(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Option<structure::Model>, SupportError> {
    match actor.structures().next() {
        Some(own) => Ok(structure::Entity::find_by_id(own).one(conn).await?),
        None => Ok(None),
    }
}

/// The scheduled supports whose mission says something else: nobody has it, somebody else has it, it moved.
///
/// # Errors
/// What the database answers.
pub async fn out_of_step(conn: &impl ConnectionTrait) -> Result<Vec<TeachingSupportId>, SupportError> {
    let rows = teaching_support::Entity::find()
        .filter(Column::State.eq(SupportState::Scheduled))
        .filter(Column::MissionId.is_not_null())
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let named = rows.iter().filter_map(|row| row.mission_id);
    let missions = mission::Entity::find().filter(mission::Column::Id.is_in(named)).all(conn).await?;
    let missions: HashMap<MissionId, mission::Model> =
        missions.into_iter().map(|row| (row.id, row)).collect();
    let differs = |row: &&teaching_support::Model| {
        let Some(mission) = row.mission_id.and_then(|id| missions.get(&id)) else { return false };
        is_vacant(mission.state)
            || mission.state == MissionState::Cancelled
            || row.expert_id != Some(mission.expert_id)
            || row.starts_at != Some(mission.starts_at)
            || row.ends_at != Some(mission.ends_at)
    };
    Ok(rows.iter().filter(differs).map(|row| row.id).collect())
}

/// The supports whose report is late and was not asked again.
///
/// # Errors
/// What the database answers.
pub async fn reports_late(
    conn: &impl ConnectionTrait,
    now: OffsetDateTime,
) -> Result<Vec<TeachingSupportId>, db::Error> {
    let rows = teaching_support::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::State.eq(SupportState::Performed))
        .filter(Column::DeadlineAt.is_not_null())
        .filter(Column::DeadlineAt.lte(entity::Instant::from(now)))
        .order_by_asc(Column::DeadlineAt)
        .limit(BATCH)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows)
}

/// A support that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingSupport {
    /// Key.
    pub id: TeachingSupportId,
    /// Number.
    pub number: String,
    /// Where it stands.
    pub state: SupportState,
    /// Name of the structure.
    pub structure_name: String,
    /// By when, or since when.
    pub due_on: Date,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The supports that wait for somebody, among those that the actor may see: all that are not over, and those closed that the
/// structure did not rate.
///
/// # Errors
/// What the database answers.
pub async fn waiting(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<WaitingSupport>, db::Error> {
    use SupportState as S;
    let unrated = Condition::all().add(Column::State.eq(S::Closed)).add(Column::SatisfiedAt.is_null());
    let going = Column::State.is_in([S::Requested, S::Accepted, S::Scheduled, S::Performed, S::Reported]);
    let rows = teaching_support::Entity::find()
        .filter(visible::teaching_supports(actor))
        .filter(Condition::any().add(going).add(unrated))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let named = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let versions = certification_version::Entity::find()
        .filter(
            certification_version::Column::Id
                .is_in(rows.iter().filter_map(|row| row.certification_version_id)),
        )
        .all(conn)
        .await?;
    let one = |row: &teaching_support::Model| {
        let structure = named.iter().find(|one| one.id == row.structure_id)?;
        let version = versions.iter().find(|one| Some(one.id) == row.certification_version_id);
        Some(WaitingSupport {
            id: row.id,
            number: row.number.clone(),
            state: row.state,
            structure_name: structure.name.clone(),
            due_on: day_in_zone(*since(row), &structure.zone),
            facts: Facts {
                structure: Some(structure.id),
                region: Some(structure.region.clone()),
                certification: version.map(|version| version.certification_id),
                expert: row.expert_id,
                ..Facts::default()
            },
        })
    };
    Ok(rows.iter().filter_map(one).collect())
}

/// The instant from which a support waits, or at which what it waits for is due.
fn since(row: &teaching_support::Model) -> entity::Instant {
    use SupportState as S;
    let found = match row.state {
        S::Requested | S::Refused | S::Cancelled => None,
        S::Accepted => row.settled_at,
        S::Scheduled => row.ends_at,
        S::Performed => row.deadline_at.or(row.performed_at),
        S::Reported => row.reported_at,
        S::Closed => row.closed_at,
    };
    found.unwrap_or(row.requested_at)
}
