//! Reads of enrolments. Every list starts from what the actor may see, and shows no more of a person than their name.

mod history;
mod whole;

pub use history::{Entry, history};
pub use whole::{Whole, whole, whole_of};

use std::collections::{HashMap, HashSet};

use entity::enrolment::{self, Column, EnrolmentState, Entity};
use entity::ids::{EnrolmentId, StructureId, TrainingSessionId};
use entity::{site, structure, training_buyer, training_session, training_tally};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::EnrolmentError;
use super::dossier::reference;
use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::rules::training::seats::Tally;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the reference or of the names.
    pub q: String,
    /// Only these states; all when empty.
    pub states: Vec<EnrolmentState>,
    /// Only those of this session.
    pub session: Option<TrainingSessionId>,
    /// Only those that this structure pays for.
    pub structure: Option<StructureId>,
}

/// An enrolment with its session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The enrolment.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
    /// Name of who pays: the structure, or the employer; empty for an individual.
    pub payer: String,
}

impl Line {
    /// What people call it.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(&self.session, &self.enrolment)
    }
}

/// The enrolments that the actor may see, the last first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Line>, EnrolmentError> {
    let select = Entity::find().filter(visible::enrolments(actor)).filter(narrowed(filter));
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    Ok(Page { items: around(conn, cut.items).await?, next: cut.next })
}

fn narrowed(filter: &Filter) -> Condition {
    let states = Some(filter.states.as_slice()).filter(|states| !states.is_empty());
    Condition::all()
        .add(contains_words(Column::Search, &filter.q))
        .add_option(states.map(|states| Column::State.is_in(states.iter().copied())))
        .add_option(filter.session.map(|id| Column::SessionId.eq(id)))
        .add_option(filter.structure.map(|id| Column::StructureId.eq(id)))
}

/// How many enrolments a list holds.
///
/// # Errors
/// What the database answers.
pub async fn counted(conn: &impl ConnectionTrait, actor: &Actor, filter: &Filter) -> Result<u64, db::Error> {
    let select = Entity::find().filter(visible::enrolments(actor)).filter(narrowed(filter));
    Ok(select.count(conn).await?)
}

/// The sessions and the payers of some enrolments, whose order is kept, in a fixed number of queries.
async fn around(
    conn: &impl ConnectionTrait,
    rows: Vec<enrolment::Model>,
) -> Result<Vec<Line>, EnrolmentError> {
    let named: HashSet<_> = rows.iter().map(|row| row.session_id).collect();
    let sessions =
        training_session::Entity::find().filter(training_session::Column::Id.is_in(named)).all(conn).await?;
    let sessions: HashMap<_, _> = sessions.into_iter().map(|row| (row.id, row)).collect();
    let named: HashSet<_> = rows.iter().map(|row| row.buyer_id).collect();
    let buyers =
        training_buyer::Entity::find().filter(training_buyer::Column::Id.is_in(named)).all(conn).await?;
    let buyers: HashMap<_, _> = buyers.into_iter().map(|row| (row.id, row)).collect();
    let named: HashSet<_> = rows.iter().filter_map(|row| row.structure_id).collect();
    let structures = structure::Entity::find().filter(structure::Column::Id.is_in(named)).all(conn).await?;
    let structures: HashMap<_, _> = structures.into_iter().map(|row| (row.id, row.name)).collect();
    let lines = rows.into_iter().map(|enrolment| -> Result<Line, EnrolmentError> {
        let session =
            sessions.get(&enrolment.session_id).cloned().ok_or_else(|| db::Error::Inconsistent {
                table: "enrolment",
                id: enrolment.id.to_string(),
                what: "has no session",
            })?;
        let known = enrolment.structure_id.and_then(|id| structures.get(&id).cloned());
        let payer = known.or_else(|| buyers.get(&enrolment.buyer_id).map(|buyer| buyer.name.clone()));
        Ok(Line { enrolment, session, payer: payer.unwrap_or_default() })
    });
    lines.collect()
}

/// How many enrolments that the actor may see are in each state.
///
/// # Errors
/// What the database answers.
pub async fn counts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<HashMap<EnrolmentState, i64>, db::Error> {
    let rows: Vec<(EnrolmentState, i64)> = Entity::find()
        .filter(visible::enrolments(actor))
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::State)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// An enrolment, if the actor may see it.
///
/// # Errors
/// [`EnrolmentError::NotFound`], what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: EnrolmentId,
) -> Result<Line, EnrolmentError> {
    let found = Entity::find_by_id(id).filter(visible::enrolments(actor)).one(conn).await?;
    let found = around(conn, found.into_iter().collect()).await?;
    found.into_iter().next().ok_or(EnrolmentError::NotFound)
}

/// The same, by what people call it: `SES-2026-0017-23`.
///
/// # Errors
/// [`EnrolmentError::NotFound`], what the database answers.
pub async fn by_reference(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    reference: &str,
) -> Result<Line, EnrolmentError> {
    let (number, seq) = reference.rsplit_once('-').ok_or(EnrolmentError::NotFound)?;
    let seq: i32 = seq.parse().map_err(|_| EnrolmentError::NotFound)?;
    let session = session_by_number(conn, number).await?.ok_or(EnrolmentError::NotFound)?;
    let found = Entity::find()
        .filter(Column::SessionId.eq(session.id))
        .filter(Column::Seq.eq(seq))
        .filter(visible::enrolments(actor))
        .one(conn)
        .await?;
    let found = around(conn, found.into_iter().collect()).await?;
    found.into_iter().next().ok_or(EnrolmentError::NotFound)
}

/// Everybody of a session whom the actor may see, those who wait by their rank, the others in the order of their coming.
///
/// # Errors
/// What the database answers.
pub async fn of_session(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    session: TrainingSessionId,
) -> Result<Vec<Line>, EnrolmentError> {
    let rows = Entity::find()
        .filter(visible::enrolments(actor))
        .filter(Column::SessionId.eq(session))
        .order_by_asc(Column::Seq)
        .all(conn)
        .await?;
    around(conn, rows).await
}

/// The open sites of some structures, the seat of each first.
///
/// # Errors
/// What the database answers.
pub async fn sites_of(
    conn: &impl ConnectionTrait,
    structures: &[StructureId],
) -> Result<Vec<site::Model>, db::Error> {
    if structures.is_empty() {
        return Ok(Vec::new());
    }
    let found = site::Entity::find()
        .filter(site::Column::StructureId.is_in(structures.iter().copied()))
        .filter(site::Column::ClosedOn.is_null())
        .order_by_desc(site::Column::IsSeat)
        .order_by_asc(site::Column::Id)
        .all(conn)
        .await?;
    Ok(found)
}

/// The session of a number.
///
/// # Errors
/// What the database answers.
pub async fn session_by_number(
    conn: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<training_session::Model>, db::Error> {
    let found = training_session::Entity::find().filter(training_session::Column::Number.eq(number));
    Ok(found.one(conn).await?)
}

/// The session of a key.
///
/// # Errors
/// [`EnrolmentError::NotFound`], what the database answers.
pub async fn session(
    conn: &impl ConnectionTrait,
    id: TrainingSessionId,
) -> Result<training_session::Model, EnrolmentError> {
    training_session::Entity::find_by_id(id).one(conn).await?.ok_or(EnrolmentError::NotFound)
}

/// The seats of a session as they are now; somebody may take one the instant after.
///
/// # Errors
/// [`EnrolmentError::NotFound`], what the database answers.
pub async fn tally(conn: &impl ConnectionTrait, id: TrainingSessionId) -> Result<Tally, EnrolmentError> {
    let row = training_tally::Entity::find_by_id(id).one(conn).await?.ok_or(EnrolmentError::NotFound)?;
    let count = |number: i32| u32::try_from(number).unwrap_or_default();
    Ok(Tally { seats: count(row.seats), held: count(row.held), waiting: count(row.waiting) })
}
