//! Reads of sessions. Every list starts from what the actor may see: a structure sees its own, an expert those in which they
//! sit.

mod by_day;
mod held;
mod history;
mod seats;
mod waiting;

pub use by_day::by_day;
pub use held::{first_instant, held, held_in, of_certification};
pub use history::{Entry, history};
pub use seats::accepted_by;
pub use waiting::{Waiting, waiting};

use std::collections::HashMap;

use entity::candidate::CandidateState;
use entity::ids::{CertificationVersionId, DocumentId, ExpertId, JurySessionId, StructureId};
use entity::jury_member::{MemberState, Seat};
use entity::jury_session::{Column, JuryState};
use entity::{
    candidate, certification, certification_version, document, expert, jury_member, jury_passage,
    jury_session, site, structure,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::OffsetDateTime;

use super::JuryError;
use super::documents::INCIDENT;
use super::load::Whole;
use super::state::takes_candidates;
use crate::authz::{Actor, Permission, may, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};

/// Most lines of the history of a page, and most dates of a calendar.
const MOST: u64 = 300;
/// States of the sessions that do not take place.
const GONE: [JuryState; 3] = [JuryState::Rejected, JuryState::Cancelled, JuryState::NoQuorum];

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the number, of the structure or of the place.
    pub q: String,
    /// Only this state.
    pub state: Option<JuryState>,
    /// Only this structure.
    pub structure: Option<StructureId>,
    /// Only this region.
    pub region: Option<String>,
    /// Only those over which this person presides, or is asked to.
    pub president: Option<ExpertId>,
    /// Only those that begin from this instant on.
    pub from: Option<OffsetDateTime>,
    /// Only those that begin before this instant.
    pub before: Option<OffsetDateTime>,
    /// Only those of this civil year of Paris that were held and whose decisions stand: what the figures count.
    pub held_in: Option<i32>,
    /// Only those that were held and whose decisions stand, of any year.
    pub held: bool,
    /// Only those of the certification of this code.
    pub certification: Option<String>,
    /// Only those of this version of a certification.
    pub version: Option<CertificationVersionId>,
}

/// A session of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The session.
    pub session: jury_session::Model,
    /// Name of its structure.
    pub structure_name: String,
    /// Its certification.
    pub certification: certification::Model,
    /// Who presides, or is asked to.
    pub president: Option<String>,
    /// How many candidates.
    pub candidates: usize,
}

fn narrowed(filter: &Filter) -> Condition {
    let mut condition = Condition::all().add(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        condition = condition.add(Column::State.eq(state));
    }
    if let Some(structure) = filter.structure {
        condition = condition.add(Column::StructureId.eq(structure));
    }
    if let Some(region) = &filter.region {
        condition = condition.add(Column::Region.eq(region.as_str()));
    }
    if let Some(president) = filter.president {
        let presided = jury_member::Entity::find()
            .select_only()
            .column(jury_member::Column::SessionId)
            .filter(jury_member::Column::ExpertId.eq(president))
            .filter(jury_member::Column::Seat.eq(Seat::President))
            .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]));
        condition = condition.add(Column::Id.in_subquery(presided.into_query()));
    }
    if let Some(from) = filter.from {
        condition = condition.add(Column::StartsAt.gte(entity::Instant::from(from)));
    }
    if let Some(before) = filter.before {
        condition = condition.add(Column::StartsAt.lt(entity::Instant::from(before)));
    }
    if let Some(year) = filter.held_in {
        condition = condition.add(held_in(year));
    }
    if filter.held {
        condition = condition.add(held());
    }
    if let Some(code) = &filter.certification {
        condition = condition.add(of_certification(code));
    }
    if let Some(version) = filter.version {
        condition = condition.add(Column::CertificationVersionId.eq(version));
    }
    condition
}

/// The sessions that the actor may see, the latest number first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Found>, db::Error> {
    let select = jury_session::Entity::find().filter(visible::jury_sessions(actor)).filter(narrowed(filter));
    let rows = keyset(select, Some(Column::Number), Column::Id, true, page).all(conn).await?;
    let page = Page::cut(rows, page.limit, |row| Cursor { value: row.number.clone(), id: row.id.0 });
    let items = named(conn, page.items).await?;
    Ok(Page { items, next: page.next })
}

/// What is around the sessions of a list, in a fixed number of queries.
async fn named(conn: &impl ConnectionTrait, rows: Vec<jury_session::Model>) -> Result<Vec<Found>, db::Error> {
    let structures = structure::Entity::find()
        .filter(structure::Column::Id.is_in(rows.iter().map(|row| row.structure_id)))
        .all(conn)
        .await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row.name)).collect();
    let certifications = certifications_of(conn, &rows).await?;
    let presidents = presidents_of(conn, &rows).await?;
    let passages: Vec<JurySessionId> = jury_passage::Entity::find()
        .filter(jury_passage::Column::SessionId.is_in(rows.iter().map(|row| row.id)))
        .select_only()
        .column(jury_passage::Column::SessionId)
        .into_tuple()
        .all(conn)
        .await?;
    let found = |session: jury_session::Model| {
        Some(Found {
            structure_name: structures.get(&session.structure_id).cloned().unwrap_or_default(),
            certification: certifications.get(&session.id)?.clone(),
            president: presidents.get(&session.id).cloned(),
            candidates: passages.iter().filter(|id| **id == session.id).count(),
            session,
        })
    };
    Ok(rows.into_iter().filter_map(found).collect())
}

/// The certification of each of these sessions.
pub(super) async fn certifications_of(
    conn: &impl ConnectionTrait,
    rows: &[jury_session::Model],
) -> Result<HashMap<JurySessionId, certification::Model>, db::Error> {
    let versions = certification_version::Entity::find()
        .filter(certification_version::Column::Id.is_in(rows.iter().map(|row| row.certification_version_id)))
        .all(conn)
        .await?;
    let known = certification::Entity::find()
        .filter(certification::Column::Id.is_in(versions.iter().map(|row| row.certification_id)))
        .all(conn)
        .await?;
    let of = |row: &jury_session::Model| {
        let version = versions.iter().find(|one| one.id == row.certification_version_id)?;
        let certification = known.iter().find(|one| one.id == version.certification_id)?;
        Some((row.id, certification.clone()))
    };
    Ok(rows.iter().filter_map(of).collect())
}

/// Who presides over each of these sessions, or is asked to.
async fn presidents_of(
    conn: &impl ConnectionTrait,
    rows: &[jury_session::Model],
) -> Result<HashMap<JurySessionId, String>, db::Error> {
    let seats = jury_member::Entity::find()
        .filter(jury_member::Column::SessionId.is_in(rows.iter().map(|row| row.id)))
        .filter(jury_member::Column::Seat.eq(Seat::President))
        .filter(jury_member::Column::State.is_in([MemberState::Proposed, MemberState::Accepted]))
        .all(conn)
        .await?;
    let people = expert::Entity::find()
        .filter(expert::Column::Id.is_in(seats.iter().map(|row| row.expert_id)))
        .all(conn)
        .await?;
    let of = |seat: &jury_member::Model| {
        let person = people.iter().find(|one| one.id == seat.expert_id)?;
        Some((seat.session_id, person.name()))
    };
    Ok(seats.iter().filter_map(of).collect())
}

/// The sessions that the actor may see and that have a date to come, the nearest first: for a calendar.
///
/// # Errors
/// What the database answers.
pub async fn dated(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    from: OffsetDateTime,
) -> Result<Vec<Found>, db::Error> {
    let rows = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(Column::StartsAt.gte(entity::Instant::from(from)))
        .filter(Column::State.is_not_in(GONE))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    named(conn, rows).await
}

/// The few sessions that the actor may see and that come next, the nearest first; before an instant when one is given.
///
/// # Errors
/// What the database answers.
pub async fn coming(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    from: OffsetDateTime,
    before: Option<OffsetDateTime>,
    most: u64,
) -> Result<Vec<Found>, db::Error> {
    let between = Filter { from: Some(from), before, ..Filter::default() };
    let rows = jury_session::Entity::find()
        .filter(visible::jury_sessions(actor))
        .filter(narrowed(&between))
        .filter(Column::State.is_not_in(GONE))
        .order_by_asc(Column::StartsAt)
        .order_by_asc(Column::Id)
        .limit(most)
        .all(conn)
        .await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    named(conn, rows).await
}

/// The candidates who may be chosen for a session, in alphabetical order: admitted for its version, expected nowhere else;
/// those of its structure first. A structure chooses among its own.
///
/// # Errors
/// What the database answers.
pub async fn eligible(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    whole: &Whole,
) -> Result<Vec<candidate::Model>, db::Error> {
    if !takes_candidates(whole.session.state) {
        return Ok(Vec::new());
    }
    let version = whole.session.certification_version_id;
    let mut rows =
        admitted(conn, actor, Condition::all().add(candidate::Column::CertificationVersionId.eq(version)))
            .await?;
    let chosen = |row: &candidate::Model| whole.passages.iter().any(|one| one.candidate.id == row.id);
    rows.retain(|row| !chosen(row));
    rows.sort_by_key(|row| row.structure_id != whole.session.structure_id);
    Ok(rows)
}

/// The candidates of a structure who may be named in a request, for any certification.
///
/// # Errors
/// What the database answers.
pub async fn nameable(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    structure: StructureId,
) -> Result<Vec<candidate::Model>, db::Error> {
    admitted(conn, actor, Condition::all().add(candidate::Column::StructureId.eq(structure))).await
}

async fn admitted(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: Condition,
) -> Result<Vec<candidate::Model>, db::Error> {
    let live = jury_passage::Entity::find()
        .select_only()
        .column(jury_passage::Column::CandidateId)
        .filter(jury_passage::Column::Live.eq(true));
    let mut select = candidate::Entity::find()
        .filter(which)
        .filter(candidate::Column::State.eq(CandidateState::Admitted))
        .filter(candidate::Column::Id.not_in_subquery(live.into_query()));
    if !actor.is_staff() {
        let own = actor.held.iter().filter_map(|held| held.structure);
        select = select.filter(candidate::Column::StructureId.is_in(own));
    }
    let rows = select
        .order_by_asc(candidate::Column::Search)
        .order_by_asc(candidate::Column::Id)
        .limit(MOST)
        .all(conn)
        .await?;
    Ok(rows)
}

/// The open sites of a structure, its seat first.
///
/// # Errors
/// What the database answers.
pub async fn sites(
    conn: &impl ConnectionTrait,
    structure: StructureId,
) -> Result<Vec<site::Model>, db::Error> {
    let rows = site::Entity::find()
        .filter(site::Column::StructureId.eq(structure))
        .filter(site::Column::ClosedOn.is_null())
        .order_by_desc(site::Column::IsSeat)
        .order_by_asc(site::Column::Label)
        .all(conn)
        .await?;
    Ok(rows)
}

/// The structure of a SIREN, if the actor may see it.
///
/// # Errors
/// What the database answers.
pub async fn structure_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    siren: &str,
) -> Result<Option<structure::Model>, db::Error> {
    let found = structure::Entity::find()
        .filter(visible::structures(actor))
        .filter(structure::Column::Siren.eq(siren));
    Ok(found.one(conn).await?)
}

/// The structure that an account answers for.
///
/// # Errors
/// What the database answers.
pub async fn own_structure(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Option<structure::Model>, db::Error> {
    match actor.held.iter().find_map(|held| held.structure) {
        Some(id) => Ok(structure::Entity::find_by_id(id).one(conn).await?),
        None => Ok(None),
    }
}

/// The documents of a session, newest first.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    whole: &Whole,
) -> Result<Vec<document::Model>, db::Error> {
    let mut rows = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("jury_session"))
        .filter(document::Column::SubjectId.eq(whole.session.id.0))
        .order_by_desc(document::Column::Id)
        .all(conn)
        .await?;
    if !may(actor, Permission::MinutesView, &whole.facts(actor)) {
        rows.retain(|row| row.kind != INCIDENT);
    }
    Ok(rows)
}

/// One document of a session.
///
/// # Errors
/// [`JuryError::NotFound`], what the database answers.
pub async fn document(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    whole: &Whole,
    id: DocumentId,
) -> Result<document::Model, JuryError> {
    documents(conn, actor, whole).await?.into_iter().find(|row| row.id == id).ok_or(JuryError::NotFound)
}

/// To whom an act on a session writes since a mark, in the order of the messages: shown before the act is confirmed.
///
/// # Errors
/// What the database answers.
pub async fn told_since(
    conn: &impl ConnectionTrait,
    id: JurySessionId,
    mark: uuid::Uuid,
) -> Result<Vec<serde_json::Value>, db::Error> {
    use entity::mail::{Column, Entity};
    let rows = Entity::find()
        .filter(Column::SubjectKind.eq("jury_session"))
        .filter(Column::SubjectId.eq(id.0))
        .filter(Column::Id.gt(mark))
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| row.recipient).collect())
}
