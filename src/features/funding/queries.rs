//! Reads of fundings. Every list starts from what the actor may see; hours done are those of the attendance.

use std::collections::{BTreeMap, HashMap, HashSet};

use entity::funding::{self, Column, Entity, FundingState, Scheme};
use entity::funding_piece::{self, FundingPieceKind};
use entity::ids::{EnrolmentId, FundingId, TrainingSessionId};
use entity::training_session::{self, SessionState};
use entity::{document, enrolment, training_document};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use time::Date;

use super::deadlines::{self, Known, Wait};
use super::record::{facts, reference};
use super::{FundingError, Record};
use crate::authz::{Actor, Facts, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::attendance::queries::hours;
use crate::rules::deadline::add_days;
use crate::rules::training::attendance::Attended;

/// Days ahead in which sessions are looked at for what waits.
const AHEAD_DAYS: i32 = 60;

/// What a list is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words of the reference or of the names of the enrolment.
    pub q: String,
    /// In this state.
    pub state: Option<FundingState>,
    /// Under this scheme.
    pub scheme: Option<Scheme>,
    /// Of this session.
    pub session: Option<TrainingSessionId>,
    /// Of this enrolment.
    pub enrolment: Option<EnrolmentId>,
}

/// A funding of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The row.
    pub funding: funding::Model,
    /// Whose training it pays.
    pub enrolment: enrolment::Model,
    /// The session.
    pub session: training_session::Model,
    /// What was attended.
    pub done: Attended,
}

impl Line {
    /// What people call it.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(&self.session, &self.enrolment, self.funding.seq)
    }
}

/// The fundings that the actor may see, the last first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Line>, FundingError> {
    let mut select = Entity::find().filter(visible::fundings(actor));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(scheme) = filter.scheme {
        select = select.filter(Column::Scheme.eq(scheme));
    }
    if let Some(session) = filter.session {
        select = select.filter(Column::SessionId.eq(session));
    }
    if let Some(enrolment) = filter.enrolment {
        select = select.filter(Column::EnrolmentId.eq(enrolment));
    }
    if !filter.q.trim().is_empty() {
        let named = enrolment::Entity::find()
            .select_only()
            .column(enrolment::Column::Id)
            .filter(contains_words(enrolment::Column::Search, &filter.q));
        select = select.filter(Column::EnrolmentId.in_subquery(named.into_query()));
    }
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    Ok(Page { items: around(conn, cut.items).await?, next: cut.next })
}

/// What hangs on some rows, whose order is kept, in a fixed number of queries.
async fn around(conn: &impl ConnectionTrait, rows: Vec<funding::Model>) -> Result<Vec<Line>, FundingError> {
    let named: HashSet<EnrolmentId> = rows.iter().map(|row| row.enrolment_id).collect();
    let people = enrolment::Entity::find().filter(enrolment::Column::Id.is_in(named)).all(conn).await?;
    let done = hours::of(conn, &people).await?;
    let people: HashMap<_, _> = people.into_iter().map(|row| (row.id, row)).collect();
    let sessions = sessions_of(conn, &rows).await?;
    let line = |funding: funding::Model| {
        let enrolment = people.get(&funding.enrolment_id)?.clone();
        let session = sessions.get(&funding.session_id)?.clone();
        let done = done.get(&enrolment.id).copied().unwrap_or_default();
        Some(Line { funding, enrolment, session, done })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

async fn sessions_of(
    conn: &impl ConnectionTrait,
    rows: &[funding::Model],
) -> Result<HashMap<TrainingSessionId, training_session::Model>, db::Error> {
    let named: HashSet<TrainingSessionId> = rows.iter().map(|row| row.session_id).collect();
    let found =
        training_session::Entity::find().filter(training_session::Column::Id.is_in(named)).all(conn).await?;
    Ok(found.into_iter().map(|row| (row.id, row)).collect())
}

/// What somebody attended of their session.
///
/// # Errors
/// What the database answers.
pub async fn done(conn: &impl ConnectionTrait, record: &Record) -> Result<Attended, FundingError> {
    let found = hours::of(conn, std::slice::from_ref(&record.enrolment)).await?;
    Ok(found.get(&record.enrolment.id).copied().unwrap_or_default())
}

/// The files of the papers of an enrolment and of what its buyer bought: those that may go to a funder.
///
/// # Errors
/// What the database answers.
pub async fn files(
    conn: &impl ConnectionTrait,
    person: &enrolment::Model,
) -> Result<Vec<document::Model>, FundingError> {
    use training_document::Column as Paper;
    let bought = Condition::all().add(Paper::BuyerId.eq(person.buyer_id)).add(Paper::EnrolmentId.is_null());
    let papers = training_document::Entity::find()
        .filter(Condition::any().add(Paper::EnrolmentId.eq(person.id)).add(bought))
        .all(conn)
        .await?;
    let ids = papers.iter().flat_map(|paper| [paper.document_id, paper.signed_document_id]).flatten();
    let found = document::Entity::find()
        .filter(document::Column::Id.is_in(ids))
        .order_by_asc(document::Column::CreatedAt)
        .order_by_asc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(found)
}

/// A funding that waits for the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// For what.
    pub wait: Wait,
    /// By when.
    pub due_on: Date,
    /// Key of the funding.
    pub id: FundingId,
    /// What people call it.
    pub reference: String,
    /// Title of the session.
    pub title: String,
    /// What the policy looks at.
    pub facts: Facts,
}

/// The fundings that the actor may see and that wait for the team on a day.
///
/// # Errors
/// What the database answers.
pub async fn waiting(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    today: Date,
) -> Result<Vec<Waiting>, db::Error> {
    let open = [FundingState::ToRequest, FundingState::Requested];
    let over = [SessionState::Cancelled, SessionState::Postponed];
    let near = session_ids(
        Condition::all()
            .add(training_session::Column::StartsOn.lte(add_days(today, AHEAD_DAYS)))
            .add(training_session::Column::State.is_not_in(over)),
    );
    let held = session_ids(
        Condition::all()
            .add(training_session::Column::State.is_in([SessionState::Ended, SessionState::Closed])),
    );
    let waits = Condition::any()
        .add(Condition::all().add(Column::State.is_in(open)).add(Column::SessionId.in_subquery(near)))
        .add(
            Condition::all()
                .add(Column::State.eq(FundingState::Agreed))
                .add(Column::SessionId.in_subquery(held)),
        );
    let rows = Entity::find()
        .filter(visible::fundings(actor))
        .filter(waits)
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    let sessions = sessions_of(conn, &rows).await?;
    let named: HashSet<EnrolmentId> = rows.iter().map(|row| row.enrolment_id).collect();
    let people = enrolment::Entity::find().filter(enrolment::Column::Id.is_in(named)).all(conn).await?;
    let people: HashMap<_, _> = people.into_iter().map(|row| (row.id, row)).collect();
    let sent = sent(conn, &rows).await?;
    let none = Vec::new();
    let waits = |row: &funding::Model| {
        let session = sessions.get(&row.session_id)?;
        let person = people.get(&row.enrolment_id)?;
        let sent = sent.get(&row.id).unwrap_or(&none);
        let (wait, due_on) = deadlines::wait(Known::of(row, session), sent, today)?;
        Some(Waiting {
            wait,
            due_on,
            id: row.id,
            reference: reference(session, person, row.seq),
            title: session.title.clone(),
            facts: facts(row, session),
        })
    };
    Ok(rows.iter().filter_map(waits).collect())
}

fn session_ids(which: Condition) -> sea_orm::sea_query::SelectStatement {
    training_session::Entity::find()
        .select_only()
        .column(training_session::Column::Id)
        .filter(which)
        .into_query()
}

/// The kinds of pieces of some fundings that were sent.
async fn sent(
    conn: &impl ConnectionTrait,
    rows: &[funding::Model],
) -> Result<BTreeMap<FundingId, Vec<FundingPieceKind>>, db::Error> {
    let pieces = funding_piece::Entity::find()
        .filter(funding_piece::Column::FundingId.is_in(rows.iter().map(|row| row.id)))
        .filter(funding_piece::Column::VoidedAt.is_null())
        .all(conn)
        .await?;
    let mut found: BTreeMap<FundingId, Vec<FundingPieceKind>> = BTreeMap::new();
    for piece in pieces {
        found.entry(piece.funding_id).or_default().push(piece.kind);
    }
    Ok(found)
}
