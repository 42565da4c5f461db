//! Reads of papers; every list starts from what the actor may see.

pub mod plan;

use std::collections::HashMap;

use entity::ids::{DocumentId, EnrolmentId, TrainingBuyerId, TrainingDocumentId, TrainingSessionId};
use entity::training_document::{self, PaperKind, PaperState};
use entity::training_signature;
use entity::{document, enrolment, training_buyer, training_session};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::gather::{About, Material};
use super::state::{Scope, is_bought, is_time, scope};
use super::{PaperError, Record};
use crate::authz::{Actor, Permission, allows, visible};
use crate::db::{Cursor, Page, PageRequest, keyset};
use crate::rules::training::mentions::{Signed, signed};

/// What a list keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In this state.
    pub state: Option<PaperState>,
    /// Of this kind.
    pub kind: Option<PaperKind>,
    /// Of this session.
    pub session: Option<TrainingSessionId>,
}

/// One paper of a list.
#[derive(Clone, Debug)]
pub struct Line {
    /// The row.
    pub paper: training_document::Model,
    /// Its session.
    pub session: training_session::Model,
    /// Whom it is about, or who buys.
    pub name: String,
    /// Whether everybody who has to signed.
    pub signed: Signed,
}

/// A page of the papers that the actor may see, the latest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &Filter,
    page: &PageRequest,
) -> Result<Page<Line>, PaperError> {
    use training_document::Column;
    let mut select = training_document::Entity::find().filter(visible::papers(actor));
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(kind) = filter.kind {
        select = select.filter(Column::Kind.eq(kind));
    }
    if let Some(session) = filter.session {
        select = select.filter(Column::SessionId.eq(session));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    let cut = Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 });
    let items = lines(conn, cut.items).await?;
    Ok(Page { items, next: cut.next })
}

/// The rows with what hangs on them, read by sets.
async fn lines(
    conn: &impl ConnectionTrait,
    papers: Vec<training_document::Model>,
) -> Result<Vec<Line>, PaperError> {
    let sessions: HashMap<TrainingSessionId, _> = training_session::Entity::find()
        .filter(training_session::Column::Id.is_in(papers.iter().map(|row| row.session_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let people: HashMap<EnrolmentId, String> = enrolment::Entity::find()
        .filter(enrolment::Column::Id.is_in(papers.iter().filter_map(|row| row.enrolment_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, format!("{} {}", row.family_name, row.first_names)))
        .collect();
    let buyers: HashMap<TrainingBuyerId, String> = training_buyer::Entity::find()
        .filter(training_buyer::Column::Id.is_in(papers.iter().filter_map(|row| row.buyer_id)))
        .all(conn)
        .await?
        .into_iter()
        .map(|row| (row.id, row.name))
        .collect();
    let mut answers = answers(conn, &papers).await?;
    let line = |paper: training_document::Model| {
        let session = sessions.get(&paper.session_id)?.clone();
        let person = paper.enrolment_id.and_then(|id| people.get(&id));
        let buyer = paper.buyer_id.and_then(|id| buyers.get(&id));
        let name = person.or(buyer).cloned().unwrap_or_default();
        let signed = signed(&answers.remove(&paper.id).unwrap_or_default());
        Some(Line { paper, session, name, signed })
    };
    Ok(papers.into_iter().filter_map(line).collect())
}

type Answers = HashMap<TrainingDocumentId, Vec<(bool, Option<training_signature::SignatureKind>)>>;

async fn answers(
    conn: &impl ConnectionTrait,
    papers: &[training_document::Model],
) -> Result<Answers, PaperError> {
    let rows = training_signature::Entity::find()
        .filter(training_signature::Column::TrainingDocumentId.is_in(papers.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let mut found = Answers::new();
    for row in rows {
        found.entry(row.training_document_id).or_default().push((row.required, row.kind));
    }
    Ok(found)
}

/// A session whose papers the actor may issue.
///
/// # Errors
/// [`PaperError::NotFound`], the refusal of the policy, what the database answers.
pub async fn for_issue(
    app: &crate::app::App,
    actor: &Actor,
    id: TrainingSessionId,
) -> Result<Material, PaperError> {
    let material = Material::read(app, app.db.read(), id).await?;
    let facts = material.facts();
    let _allowed = allows(actor, Permission::PaperIssue, &facts)?;
    Ok(material)
}

/// The session of a number, when the actor may see papers of it.
///
/// # Errors
/// [`PaperError::NotFound`] for whoever sees none of its papers, what the database answers.
pub async fn session(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<training_session::Model, PaperError> {
    let session = super::record::session_by_number(conn, number).await?;
    seen_session(conn, actor, session).await
}

/// The same, by its key.
///
/// # Errors
/// The same.
pub async fn session_of(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: TrainingSessionId,
) -> Result<training_session::Model, PaperError> {
    let session = super::record::session_by_id(conn, id).await?;
    seen_session(conn, actor, session).await
}

/// Whoever may see any paper of a session, or one of their own, sees the list.
async fn seen_session(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    session: training_session::Model,
) -> Result<training_session::Model, PaperError> {
    let facts = crate::features::enrolments::dossier::facts_of(&session);
    let Err(denied) = allows(actor, Permission::PaperView, &facts) else { return Ok(session) };
    let own = training_document::Entity::find()
        .filter(visible::papers(actor))
        .filter(training_document::Column::SessionId.eq(session.id))
        .one(conn)
        .await?;
    if own.is_some() { Ok(session) } else { Err(denied.into()) }
}

/// Somebody or something that a paper may be issued for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The kind.
    pub kind: PaperKind,
    /// What it is about.
    pub about: About,
    /// Its name: a person, a buyer, a half-day.
    pub name: String,
}

/// For whom a kind of paper may be issued now, in order.
///
/// # Errors
/// What the database answers.
pub async fn choices(
    conn: &impl ConnectionTrait,
    material: &Material,
    kind: PaperKind,
) -> Result<Vec<Choice>, PaperError> {
    use training_buyer::BuyerKind;
    let made = |about, name: String| Choice { kind, about, name };
    let buyer_kind = |id| material.buyers.iter().find(|one| one.id == id).map(|one| one.kind);
    match scope(kind) {
        None => Ok(Vec::new()),
        Some(Scope::Buyer) => {
            let wanted = material
                .buyers
                .iter()
                .filter(|one| kind == PaperKind::Proposal || one.kind == BuyerKind::Employer);
            Ok(wanted.map(|one| made(About::Buyer(one.id), one.name.clone())).collect())
        }
        Some(Scope::Slot) => {
            let day = |slot: &entity::training_slot::Model| {
                format!(
                    "{}, {}",
                    crate::render::french::long_date(slot.day),
                    super::wording::half_day_hours(*slot.starts_at, *slot.ends_at, &slot.zone)
                )
            };
            Ok(material.slots.iter().map(|slot| made(About::Slot(slot.id), day(slot))).collect())
        }
        Some(Scope::Subcontract) => {
            let one = material.subcontract.iter();
            Ok(one.map(|row| made(About::Subcontract(row.id), row.party.clone())).collect())
        }
        Some(Scope::Person) => {
            let rows = enrolment::Entity::find()
                .filter(enrolment::Column::SessionId.eq(material.session.id))
                .order_by_asc(enrolment::Column::Seq)
                .all(conn)
                .await?;
            let fits = |row: &&enrolment::Model| {
                let own = buyer_kind(row.buyer_id) == Some(BuyerKind::Individual);
                let buyer = match kind {
                    PaperKind::Contract => own,
                    PaperKind::TripartiteConvention => !own,
                    _ => true,
                };
                buyer
                    && is_time(kind, row.state)
                    && (is_bought(row.state) || kind == PaperKind::NeedsAnalysis)
            };
            let name = |row: &enrolment::Model| format!("{} {}", row.family_name, row.first_names);
            Ok(rows.iter().filter(fits).map(|row| made(About::Enrolment(row.id), name(row))).collect())
        }
    }
}

/// The files of a paper: the issue, and the signed one.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    record: &Record,
) -> Result<Vec<document::Model>, PaperError> {
    let ids = [record.paper.document_id, record.paper.signed_document_id].into_iter().flatten();
    let found = document::Entity::find()
        .filter(document::Column::Id.is_in(ids))
        .order_by_asc(document::Column::CreatedAt)
        .order_by_asc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(found)
}

/// One of them.
///
/// # Errors
/// [`PaperError::NotFound`], what the database answers.
pub async fn document(
    conn: &impl ConnectionTrait,
    record: &Record,
    id: DocumentId,
) -> Result<document::Model, PaperError> {
    let found = documents(conn, record).await?;
    found.into_iter().find(|row| row.id == id).ok_or(PaperError::NotFound)
}

/// The best file of a paper: the signed one once it is typeset.
///
/// # Errors
/// [`PaperError::NotFound`] while it is being typeset, what the database answers.
pub async fn main_document(
    conn: &impl ConnectionTrait,
    record: &Record,
) -> Result<document::Model, PaperError> {
    let id = record.paper.signed_document_id.or(record.paper.document_id).ok_or(PaperError::NotFound)?;
    document(conn, record, id).await
}
