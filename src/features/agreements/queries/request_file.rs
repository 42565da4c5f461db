//! One request and what hangs on it: pieces, documents, scores, decisions, the right it gave.

use entity::agreement_request::{self, RequestKind, RequestState};
use entity::ids::{AgreementRequestId, StructureId};
use entity::{
    agreement, appeal, committee, decision, decision_letter, document, grid_score, missing_piece,
    request_piece, reserve, site,
};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::authz::{Actor, visible};
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::input::DraftInput;
use crate::features::agreements::pieces::Situation;

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
    /// Scores of the grid, those of the visit in course.
    pub scores: Vec<grid_score::Model>,
    /// Decisions, newest first.
    pub decisions: Vec<decision::Model>,
    /// The registered letters of those decisions.
    pub letters: Vec<decision_letter::Model>,
    /// Reserves.
    pub reserves: Vec<reserve::Model>,
    /// Appeals, newest first.
    pub appeals: Vec<appeal::Model>,
    /// The committee.
    pub committee: Option<committee::Model>,
    /// The right it gave.
    pub agreement: Option<agreement::Model>,
}

impl Attachments {
    /// The registered letter of a decision, once there is one.
    #[must_use]
    pub fn letter_of(&self, decision: &decision::Model) -> Option<&decision_letter::Model> {
        self.letters.iter().find(|letter| letter.decision_id == decision.id)
    }
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
    let decisions = decision::Entity::find()
        .filter(decision::Column::RequestId.eq(id))
        .order_by_desc(decision::Column::Id)
        .all(conn)
        .await?;
    Ok(Attachments {
        pieces: current_pieces(conn, id).await?,
        documents: documents(conn, id).await?,
        asked: missing_piece::Entity::find()
            .filter(missing_piece::Column::RequestId.eq(id))
            .filter(missing_piece::Column::AnsweredAt.is_null())
            .order_by_asc(missing_piece::Column::Code)
            .all(conn)
            .await?,
        scores: scores(conn, request).await?,
        letters: letters(conn, &decisions).await?,
        decisions,
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

async fn letters(
    conn: &impl ConnectionTrait,
    decisions: &[decision::Model],
) -> Result<Vec<decision_letter::Model>, AgreementError> {
    if decisions.is_empty() {
        return Ok(Vec::new());
    }
    let sent = decisions.iter().map(|decision| decision.id);
    let letters = decision_letter::Entity::find()
        .filter(decision_letter::Column::DecisionId.is_in(sent))
        .all(conn)
        .await?;
    Ok(letters)
}

/// The scores of the visit in course of a request; those of an earlier visit are in its report.
///
/// # Errors
/// What the database answers.
pub async fn scores(
    conn: &impl ConnectionTrait,
    request: &agreement_request::Model,
) -> Result<Vec<grid_score::Model>, AgreementError> {
    use grid_score::Column;
    let scores = grid_score::Entity::find()
        .filter(Column::RequestId.eq(request.id))
        .filter(Column::Visit.eq(request.visit_number))
        .all(conn)
        .await?;
    Ok(scores)
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
        .order_by_asc(document::Column::CreatedAt)
        .order_by_asc(document::Column::Id)
        .all(conn)
        .await?;
    Ok(documents)
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
pub fn situation(request: &agreement_request::Model) -> Situation<'_> {
    Situation {
        is_training_body: request.is_training_body,
        has_subcontracting: request.has_subcontracting,
        is_renewal: request.kind == RequestKind::Renewal,
        required: &request.pieces_required,
    }
}
