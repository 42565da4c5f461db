//! What the agreement desk answers.

use entity::{document, grid_score, request_piece, site};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{KindWord, ModeWord, OpinionWord, PieceStateWord, ScoreWord, StateWord};
use crate::features::agreements::labels;
use crate::features::agreements::queries::RequestLine;

/// A line of the list of requests.
#[derive(Clone, Debug, Object)]
pub struct AgreementRequestLine {
    /// Key.
    pub id: Uuid,
    /// Number; that of the draft until the first submission.
    pub reference: String,
    /// State.
    pub state: StateWord,
    /// State, in French.
    pub state_label: String,
    /// First request or renewal.
    pub kind: KindWord,
    /// Name of the structure.
    pub structure_name: String,
    /// Its commune.
    pub commune: String,
    /// Its department.
    pub department: String,
    /// Title of the certification version.
    pub certification_title: String,
    /// First submission.
    pub submitted_at: Option<OffsetDateTime>,
    /// Announced date of the decision.
    pub decision_expected_on: Option<Date>,
    /// End of the delay in which the structure may answer, in the states that have one.
    pub deadline_at: Option<OffsetDateTime>,
    /// Next instant at which something happens by itself: a reminder, or the end of a file left without an answer.
    pub next_event_at: Option<OffsetDateTime>,
    /// Version.
    pub version: i32,
}

impl From<RequestLine> for AgreementRequestLine {
    fn from(line: RequestLine) -> Self {
        let deadline_at = line.due_at();
        Self {
            id: line.id.0,
            reference: line.reference().to_owned(),
            state: line.state.into(),
            state_label: labels::state(line.state).word.to_owned(),
            kind: line.kind.into(),
            structure_name: line.structure_name,
            commune: line.commune,
            department: line.department,
            certification_title: line.certification_title,
            submitted_at: line.submitted_at.map(|at| *at),
            decision_expected_on: line.decision_expected_on,
            deadline_at,
            next_event_at: line.deadline_at.map(|at| *at),
            version: line.version,
        }
    }
}

/// A page of requests.
#[derive(Clone, Debug, Object)]
pub struct AgreementRequestPage {
    /// The requests.
    pub items: Vec<AgreementRequestLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A site of a request.
#[derive(Clone, Debug, Object)]
pub struct RequestSiteOut {
    /// Key.
    pub id: Uuid,
    /// SIRET.
    pub siret: String,
    /// What people call it.
    pub label: String,
    /// Postal code.
    pub postal_code: String,
    /// Commune.
    pub commune: String,
    /// IANA zone.
    pub zone: String,
}

impl From<&site::Model> for RequestSiteOut {
    fn from(site: &site::Model) -> Self {
        Self {
            id: site.id.0,
            siret: site.siret.clone(),
            label: site.label.clone(),
            postal_code: site.postal_code.clone(),
            commune: site.commune.clone(),
            zone: site.zone.clone(),
        }
    }
}

/// The last version of a piece.
#[derive(Clone, Debug, Object)]
pub struct PieceOut {
    /// Key of this version.
    pub id: Uuid,
    /// Code.
    pub code: String,
    /// Version, from 1.
    pub revision: i32,
    /// What is thought of it.
    pub state: PieceStateWord,
    /// Why it must be replaced.
    pub reason: Option<String>,
    /// Date of the document.
    pub proof_on: Option<Date>,
    /// Last day on which it is valid.
    pub valid_until: Option<Date>,
    /// Key of the file.
    pub document_id: Uuid,
    /// When it came.
    pub created_at: OffsetDateTime,
}

impl From<&request_piece::Model> for PieceOut {
    fn from(piece: &request_piece::Model) -> Self {
        Self {
            id: piece.id.0,
            code: piece.code.clone(),
            revision: piece.revision,
            state: piece.state.into(),
            reason: piece.reason.clone(),
            proof_on: piece.proof_on,
            valid_until: piece.valid_until,
            document_id: piece.document_id.0,
            created_at: *piece.created_at,
        }
    }
}

/// A document.
#[derive(Clone, Debug, Object)]
pub struct DocumentOut {
    /// Key.
    pub id: Uuid,
    /// What it is: `piece:P02`, `deposit-receipt`, `decision`…
    pub kind: String,
    /// Title, in French.
    pub title: String,
    /// Name of the file.
    pub file_name: String,
    /// Media type.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// SHA-256 of the content, hexadecimal.
    pub sha256: String,
    /// Made by the program.
    pub generated: bool,
    /// When.
    pub created_at: OffsetDateTime,
    /// Table and key of what it belongs to.
    pub subject_kind: String,
    /// Key of what it belongs to.
    pub subject_id: Uuid,
}

impl From<&document::Model> for DocumentOut {
    fn from(document: &document::Model) -> Self {
        Self {
            id: document.id.0,
            kind: document.kind.clone(),
            title: document.title.clone(),
            file_name: document.download_name(),
            media_type: document.media_type.clone(),
            size: document.size,
            sha256: hex::encode(&document.sha256),
            generated: document.generated,
            created_at: *document.created_at,
            subject_kind: document.subject_kind.clone(),
            subject_id: document.subject_id,
        }
    }
}

/// Documents.
#[derive(Clone, Debug, Object)]
pub struct DocumentPage {
    /// The documents.
    pub items: Vec<DocumentOut>,
    /// Where the next page starts; null at the end, and when they come all at once.
    pub next_cursor: Option<String>,
}

/// The visit.
#[derive(Clone, Debug, Object)]
pub struct VisitOut {
    /// When.
    pub at: Option<OffsetDateTime>,
    /// IANA zone of the place.
    pub zone: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// The sites of the request where it goes.
    pub sites: Vec<Uuid>,
    /// How.
    pub mode: Option<ModeWord>,
    /// The structure moved it once already.
    pub moved_by_structure: bool,
    /// Who accepted the date for the structure.
    pub accepted_by: Option<String>,
    /// Day on which they did.
    pub accepted_on: Option<Date>,
    /// When it was recorded.
    pub visited_at: Option<OffsetDateTime>,
    /// Who was met.
    pub persons_met: Option<String>,
    /// The structure refused the control.
    pub refused: bool,
    /// Why there is none.
    pub waived_reason: Option<String>,
}

/// The score of a criterion.
#[derive(Clone, Debug, Object)]
pub struct ScoreOut {
    /// Version of the grid.
    pub grid: String,
    /// Code of the criterion.
    pub criterion: String,
    /// The score.
    pub score: ScoreWord,
    /// What was seen.
    pub evidence: String,
    /// What is said of it.
    pub comment: String,
}

impl From<&grid_score::Model> for ScoreOut {
    fn from(score: &grid_score::Model) -> Self {
        Self {
            grid: score.grid.clone(),
            criterion: score.criterion.clone(),
            score: score.score.into(),
            evidence: score.evidence.clone(),
            comment: score.comment.clone(),
        }
    }
}

/// The opinion of the contrôleur.
#[derive(Clone, Debug, Object)]
pub struct OpinionOut {
    /// The opinion.
    pub opinion: OpinionWord,
    /// Its grounds.
    pub text: String,
    /// When.
    pub given_at: Option<OffsetDateTime>,
}
