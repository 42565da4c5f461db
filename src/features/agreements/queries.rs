//! Reads of the agreement desk; every list starts from what the actor may see.

pub mod agenda;
pub mod history;
pub mod registers;

use entity::agreement_request::{self, RequestKind, RequestState};
use entity::ids::{AgreementId, AgreementRequestId, CommitteeId, StructureId};
use entity::{
    agreement, appeal, committee, decision, document, grid_score, missing_piece, request_piece, reserve,
    site, structure,
};
use sea_orm::sea_query::{Expr, ExprTrait, LikeExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::dossier::Dossier;
use super::error::AgreementError;
use super::input::DraftInput;
use super::pieces::Situation;
use crate::authz::{self, Actor, Permission, visible};
use crate::db::{Cursor, Page, PageRequest, keyset};
use crate::rules::deadline::date_in_zone;
use crate::rules::fold::fold;

/// What a list of requests shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// Only these states.
    pub states: Vec<RequestState>,
    /// Words of the number, the structure or the SIREN.
    pub q: String,
    /// Only this structure.
    pub structure: Option<StructureId>,
    /// Only this committee.
    pub committee: Option<CommitteeId>,
    /// Only those submitted in this year.
    pub submitted_in: Option<i32>,
    /// Only those visited in this year.
    pub visited_in: Option<i32>,
}

/// A line of a list of requests.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct RequestLine {
    /// Key.
    pub id: AgreementRequestId,
    /// Number of the draft.
    pub draft_number: String,
    /// Number, once submitted.
    pub number: Option<String>,
    /// State.
    pub state: RequestState,
    /// First request or renewal.
    pub kind: RequestKind,
    /// Name of the structure.
    pub structure_name: String,
    /// Its commune.
    pub commune: String,
    /// Its department.
    pub department: String,
    /// Title of the certification version.
    pub certification_title: String,
    /// First submission.
    pub submitted_at: Option<entity::Instant>,
    /// Announced date of the decision.
    pub decision_expected_on: Option<time::Date>,
    /// Next instant at which something happens by itself.
    pub deadline_at: Option<entity::Instant>,
    /// IANA zone of the structure, in which its deadlines end.
    pub zone: String,
    /// End of the delay to complete.
    pub return_due_at: Option<entity::Instant>,
    /// End of the delay to comment.
    pub comments_due_at: Option<entity::Instant>,
    /// Comments received.
    pub commented_at: Option<entity::Instant>,
    /// End of the adjournment.
    pub adjourned_until: Option<time::Date>,
    /// End of the delay to appeal.
    pub appeal_until: Option<entity::Instant>,
    /// Version.
    pub version: i32,
}

impl RequestLine {
    /// The human number.
    #[must_use]
    pub fn reference(&self) -> &str {
        self.number.as_deref().unwrap_or(&self.draft_number)
    }

    /// The day, there, until which the file says that the structure may answer.
    #[must_use]
    pub fn due_on(&self) -> Option<time::Date> {
        let day = |at: entity::Instant| date_in_zone(*at, &self.zone).unwrap_or(at.date());
        match self.state {
            RequestState::Incomplete => self.return_due_at.map(day),
            RequestState::Adversarial if self.commented_at.is_none() => self.comments_due_at.map(day),
            RequestState::Adjourned => self.adjourned_until,
            RequestState::Refused => self.appeal_until.map(day),
            _ => None,
        }
    }
}

/// A page of requests, newest first.
///
/// # Errors
/// What the database answers.
pub async fn requests(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &RequestFilter,
    page: &PageRequest,
) -> Result<Page<RequestLine>, AgreementError> {
    use agreement_request::Column;
    let mut select = agreement_request::Entity::find().filter(visible::agreement_requests(actor));
    if !filter.states.is_empty() {
        select = select.filter(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    if let Some(committee) = filter.committee {
        select = select.filter(Column::CommitteeId.eq(committee));
    }
    if let Some(year) = filter.submitted_in {
        let (from, until) = year_bounds(year);
        select = select.filter(Column::SubmittedAt.gte(from)).filter(Column::SubmittedAt.lt(until));
    }
    if let Some(year) = filter.visited_in {
        let (from, until) = year_bounds(year);
        select = select.filter(Column::VisitedAt.gte(from)).filter(Column::VisitedAt.lt(until));
    }
    for word in fold(&filter.q).split_whitespace() {
        select = select.filter(Expr::col((agreement_request::Entity, Column::Search)).like(contains(word)));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page)
        .join(JoinType::InnerJoin, agreement_request_structure())
        .join(JoinType::InnerJoin, agreement_request_version())
        .select_only()
        .columns([
            Column::Id,
            Column::DraftNumber,
            Column::Number,
            Column::State,
            Column::Kind,
            Column::SubmittedAt,
            Column::DecisionExpectedOn,
            Column::DeadlineAt,
            Column::ReturnDueAt,
            Column::CommentsDueAt,
            Column::CommentedAt,
            Column::AdjournedUntil,
            Column::AppealUntil,
            Column::Version,
        ])
        .column_as(structure::Column::Name, "structure_name")
        .column_as(structure::Column::Commune, "commune")
        .column_as(structure::Column::Department, "department")
        .column_as(structure::Column::Zone, "zone")
        .column_as(entity::certification_version::Column::Title, "certification_title")
        .into_model::<RequestLine>()
        .all(conn)
        .await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// First and last instants of a civil year in Paris, where activity is counted.
fn year_bounds(year: i32) -> (entity::Instant, entity::Instant) {
    let start = |year: i32| {
        let day = time::Date::from_calendar_date(year, time::Month::January, 1).unwrap_or(time::Date::MIN);
        let at = crate::rules::deadline::instant(day, time::Time::MIDNIGHT, "Europe/Paris");
        entity::Instant::from(at.unwrap_or(time::OffsetDateTime::UNIX_EPOCH))
    };
    (start(year), start(year + 1))
}

fn contains(word: &str) -> LikeExpr {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    LikeExpr::new(format!("%{escaped}%")).escape('\\')
}

fn agreement_request_structure() -> sea_orm::RelationDef {
    agreement_request::Entity::belongs_to(structure::Entity)
        .from(agreement_request::Column::StructureId)
        .to(structure::Column::Id)
        .into()
}

fn agreement_request_version() -> sea_orm::RelationDef {
    agreement_request::Entity::belongs_to(entity::certification_version::Entity)
        .from(agreement_request::Column::CertificationVersionId)
        .to(entity::certification_version::Column::Id)
        .into()
}

/// A request that the actor may see.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn request(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AgreementRequestId,
) -> Result<Dossier, AgreementError> {
    let found = agreement_request::Entity::find_by_id(id)
        .filter(visible::agreement_requests(actor))
        .one(conn)
        .await?;
    Dossier::around(conn, found.ok_or(AgreementError::NotFound)?).await
}

/// The same, by its human number; the number of the draft stays good.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn request_by_reference(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    reference: &str,
) -> Result<Dossier, AgreementError> {
    use agreement_request::Column;
    let found = agreement_request::Entity::find()
        .filter(Column::Number.eq(reference).or(Column::DraftNumber.eq(reference)))
        .filter(visible::agreement_requests(actor))
        .one(conn)
        .await?;
    Dossier::around(conn, found.ok_or(AgreementError::NotFound)?).await
}

/// The last version of each piece of a request, by code; a piece that was taken back has none.
///
/// # Errors
/// What the database answers.
pub async fn current_pieces(
    conn: &impl ConnectionTrait,
    id: AgreementRequestId,
) -> Result<Vec<request_piece::Model>, AgreementError> {
    let mut pieces = all_pieces(conn, id).await?;
    pieces.dedup_by(|older, newer| older.code == newer.code);
    Ok(pieces)
}

/// Every version of every piece of a request, newest first within a code, without the pieces taken back.
///
/// # Errors
/// What the database answers.
pub async fn all_pieces(
    conn: &impl ConnectionTrait,
    id: AgreementRequestId,
) -> Result<Vec<request_piece::Model>, AgreementError> {
    use request_piece::Column;
    let pieces = request_piece::Entity::find()
        .filter(Column::RequestId.eq(id))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::Code)
        .order_by_desc(Column::Revision)
        .all(conn)
        .await?;
    Ok(pieces)
}

/// Everything that hangs on a request, read in one go for its page and its API shape.
#[derive(Clone, Debug, Default)]
pub struct Attachments {
    /// Last version of each piece.
    pub pieces: Vec<request_piece::Model>,
    /// Documents of the file: pieces and those produced, oldest first.
    pub documents: Vec<document::Model>,
    /// Pieces asked for and not yet answered.
    pub asked: Vec<missing_piece::Model>,
    /// Scores of the grid.
    pub scores: Vec<grid_score::Model>,
    /// Decisions, newest first.
    pub decisions: Vec<decision::Model>,
    /// Reserves.
    pub reserves: Vec<reserve::Model>,
    /// Appeals, newest first.
    pub appeals: Vec<appeal::Model>,
    /// The committee.
    pub committee: Option<committee::Model>,
    /// The right it gave.
    pub agreement: Option<agreement::Model>,
}

/// Reads what hangs on a request.
///
/// # Errors
/// What the database answers.
pub async fn attachments(
    conn: &impl ConnectionTrait,
    request: &agreement_request::Model,
) -> Result<Attachments, AgreementError> {
    let id = request.id;
    let committee = match request.committee_id {
        Some(id) => committee::Entity::find_by_id(id).one(conn).await?,
        None => None,
    };
    Ok(Attachments {
        pieces: current_pieces(conn, id).await?,
        documents: documents(conn, id).await?,
        asked: missing_piece::Entity::find()
            .filter(missing_piece::Column::RequestId.eq(id))
            .filter(missing_piece::Column::AnsweredAt.is_null())
            .order_by_asc(missing_piece::Column::Code)
            .all(conn)
            .await?,
        scores: grid_score::Entity::find().filter(grid_score::Column::RequestId.eq(id)).all(conn).await?,
        decisions: decision::Entity::find()
            .filter(decision::Column::RequestId.eq(id))
            .order_by_desc(decision::Column::Id)
            .all(conn)
            .await?,
        reserves: reserve::Entity::find()
            .filter(reserve::Column::RequestId.eq(id))
            .order_by_asc(reserve::Column::Position)
            .all(conn)
            .await?,
        appeals: appeal::Entity::find()
            .filter(appeal::Column::RequestId.eq(id))
            .order_by_desc(appeal::Column::Id)
            .all(conn)
            .await?,
        committee,
        agreement: agreement::Entity::find().filter(agreement::Column::RequestId.eq(id)).one(conn).await?,
    })
}

/// Documents of a request, oldest first, without the pieces taken back.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    id: AgreementRequestId,
) -> Result<Vec<document::Model>, AgreementError> {
    let taken_back = request_piece::Entity::find()
        .select_only()
        .column(request_piece::Column::DocumentId)
        .filter(request_piece::Column::RequestId.eq(id))
        .filter(request_piece::Column::RemovedAt.is_not_null())
        .into_query();
    let documents = document::Entity::find()
        .filter(document::Column::SubjectKind.eq("agreement_request"))
        .filter(document::Column::SubjectId.eq(id.0))
        .filter(document::Column::Id.not_in_subquery(taken_back))
        .order_by_asc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(documents)
}

/// Which agreements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightFilter {
    /// Only this structure.
    pub structure: Option<StructureId>,
    /// Only these states; all when empty.
    pub states: Vec<agreement::AgreementState>,
    /// Without those that are signed and begin after this day.
    pub begun_by: Option<time::Date>,
}

/// A signed agreement counts from its first day on; one in another state whatever its days.
#[must_use]
pub fn begun_by(day: time::Date) -> Condition {
    use agreement::{AgreementState as S, Column};
    Condition::any()
        .add(Column::State.is_not_in([S::Active, S::ActiveWithReserves]))
        .add(Column::StartsOn.lte(day))
}

/// A page of agreements, newest first.
///
/// # Errors
/// What the database answers.
pub async fn agreements(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &RightFilter,
    page: &PageRequest,
) -> Result<Page<agreement::Model>, AgreementError> {
    use agreement::Column;
    let mut select = agreement::Entity::find().filter(visible::agreements(actor));
    if let Some(structure) = filter.structure {
        select = select.filter(Column::StructureId.eq(structure));
    }
    if !filter.states.is_empty() {
        select = select.filter(Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(day) = filter.begun_by {
        select = select.filter(self::begun_by(day));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// An agreement that the actor may see.
///
/// # Errors
/// [`AgreementError::NotFound`], or what the database answers.
pub async fn agreement(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AgreementId,
) -> Result<agreement::Model, AgreementError> {
    let found = agreement::Entity::find_by_id(id).filter(visible::agreements(actor)).one(conn).await?;
    found.ok_or(AgreementError::NotFound)
}

/// The agreement of a number, for the public check of a certificate: anybody may ask, the page names nobody.
///
/// # Errors
/// What the database answers.
pub async fn agreement_by_number(
    conn: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<agreement::Model>, AgreementError> {
    Ok(agreement::Entity::find().filter(agreement::Column::Number.eq(number)).one(conn).await?)
}

/// Committees, the next ones first.
///
/// # Errors
/// When the actor may not see them, or what the database answers.
pub async fn committees(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    page: &PageRequest,
) -> Result<Page<committee::Model>, AgreementError> {
    let _granted = authz::allows(actor, Permission::CommitteeView, &authz::Facts::default())?;
    let none: Option<committee::Column> = None;
    let rows = keyset(committee::Entity::find(), none, committee::Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// The open draft of a structure for a version, if there is one.
///
/// # Errors
/// What the database answers.
pub async fn open_draft(
    conn: &impl ConnectionTrait,
    structure: StructureId,
    version: entity::ids::CertificationVersionId,
) -> Result<Option<agreement_request::Model>, AgreementError> {
    use agreement_request::Column;
    let found = agreement_request::Entity::find()
        .filter(Column::StructureId.eq(structure))
        .filter(Column::CertificationVersionId.eq(version))
        .filter(Column::State.eq(RequestState::Draft))
        .one(conn)
        .await?;
    Ok(found)
}

/// The form as it is kept.
#[must_use]
pub fn form(request: &agreement_request::Model, sites: &[site::Model]) -> DraftInput {
    DraftInput {
        kind: request.kind,
        role: request.role,
        sites: sites.iter().map(|site| site.id).collect(),
        contact_name: request.contact_name.clone(),
        contact_email: request.contact_email.clone(),
        contact_phone: request.contact_phone.clone().unwrap_or_default(),
        project: request.project.clone(),
        signatory_name: request.signatory_name.clone(),
        signatory_title: request.signatory_title.clone(),
        commitment_accepted: request.commitment_accepted,
        is_training_body: request.is_training_body,
        has_subcontracting: request.has_subcontracting,
    }
}

/// What decides which pieces the file needs.
#[must_use]
pub fn situation(request: &agreement_request::Model) -> Situation {
    Situation {
        is_training_body: request.is_training_body,
        has_subcontracting: request.has_subcontracting,
        is_renewal: request.kind == RequestKind::Renewal,
    }
}
