//! The JSON shapes of inspections and draws.

mod asked;
mod draws;
mod words;

pub use asked::{
    ActionIn, AnswerIn, AssignIn, CloseIn, CommentIn, ConcludeIn, ConclusionIn, EscalateIn, GapDueIn,
    InspectionDateIn, InspectionMoveIn, InspectionPlanIn, InsufficientIn, InsufficientListIn, PersonsMetIn,
    RefusalStatementIn, ReportTextIn, SettleIn, VerifyIn, WhyIn,
};
pub use draws::{DrawIn, DrawOut, DrawPage, DrawPlanIn, PickOut, SeedIn, StratumIn};
pub use words::{
    ActionStateWord, DrawStateWord, DrawSubjectWord, GapStateWord, InspectionModeWord, InspectionStateWord,
    OutcomeWord, PartedWord, ProposalWord, RatingWord, ScoreWord, SeverityWord, TriggerWord, VerifiedWord,
};

use entity::{inspection, inspection_answer, inspection_change, nonconformity};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::queries::{Answered, Found};

/// A file that proves an answer.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CorrectiveEvidence")]
pub struct EvidenceOut {
    /// Key.
    pub id: Uuid,
    /// Key of the document.
    pub document_id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// What is said of it.
    pub note: String,
    /// The day of what it proves.
    pub proof_on: Option<Date>,
}

/// An answer to a gap.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CorrectiveAction")]
pub struct ActionOut {
    /// Key.
    pub id: Uuid,
    /// From 1.
    pub round: i32,
    /// Where it stands.
    pub state: ActionStateWord,
    /// Why there was a gap.
    pub cause: String,
    /// What was done about it.
    pub correction: String,
    /// Who sees to it.
    pub owner: String,
    /// When it was submitted.
    pub submitted_at: Option<OffsetDateTime>,
    /// When it was checked.
    pub verified_at: Option<OffsetDateTime>,
    /// On what.
    pub verified_on: Option<VerifiedWord>,
    /// What the check found.
    pub verification: Option<String>,
    /// What proves it.
    pub evidence: Vec<EvidenceOut>,
}

impl From<&Answered> for ActionOut {
    fn from(one: &Answered) -> Self {
        let row = &one.action;
        let file = |file: &entity::corrective_evidence::Model| EvidenceOut {
            id: file.id.0,
            document_id: file.document_id.0,
            file_name: file.file_name.clone(),
            note: file.note.clone(),
            proof_on: file.proof_on,
        };
        Self {
            id: row.id.0,
            round: row.round,
            state: row.state.into(),
            cause: row.cause.clone(),
            correction: row.correction.clone(),
            owner: row.owner.clone(),
            submitted_at: row.submitted_at.map(|at| *at),
            verified_at: row.verified_at.map(|at| *at),
            verified_on: row.verified_on.map(Into::into),
            verification: row.verification.clone(),
            evidence: one.evidence.iter().map(file).collect(),
        }
    }
}

/// A gap found by an inspection.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Nonconformity")]
pub struct GapOut {
    /// Key.
    pub id: Uuid,
    /// Code of the criterion.
    pub criterion: String,
    /// What was found.
    pub finding: String,
    /// How grave.
    pub severity: SeverityWord,
    /// Where it stands.
    pub state: GapStateWord,
    /// Until when it is to be put right.
    pub due_on: Option<Date>,
    /// Whether another day was given, which is done once.
    pub extended: bool,
    /// Why it was given up.
    pub drop_reason: Option<String>,
    /// What the structure answered, oldest first.
    pub actions: Vec<ActionOut>,
}

/// A comment of the structure.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionComment")]
pub struct CommentOut {
    /// When.
    pub at: OffsetDateTime,
    /// As it was written.
    pub text: String,
}

/// An answer of the grid.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionAnswer")]
pub struct AnswerOut {
    /// Code of the criterion.
    pub criterion: String,
    /// Score.
    pub score: ScoreWord,
    /// What was seen.
    pub evidence: String,
    /// What is said of it.
    pub comment: String,
    /// Version of the answer.
    pub version: i32,
}

impl From<&inspection_answer::Model> for AnswerOut {
    fn from(row: &inspection_answer::Model) -> Self {
        Self {
            criterion: row.criterion.clone(),
            score: row.score.into(),
            evidence: row.evidence.clone(),
            comment: row.comment.clone(),
            version: row.version,
        }
    }
}

/// What became of an answer that was sent.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionChange")]
pub struct ChangeOut {
    /// Key.
    pub id: Uuid,
    /// The key made where it was typed.
    pub key: Uuid,
    /// Code of the criterion.
    pub criterion: String,
    /// What became of it.
    pub outcome: OutcomeWord,
    /// Why it was not applied, in French.
    pub message: String,
    /// Version of the answer after it.
    pub version: i32,
    /// Whether it was applied after all; none while nobody chose.
    pub kept: Option<bool>,
}

impl From<&inspection_change::Model> for ChangeOut {
    fn from(row: &inspection_change::Model) -> Self {
        Self {
            id: row.id.0,
            key: row.key,
            criterion: row.criterion.clone(),
            outcome: row.outcome.into(),
            message: row.message.clone(),
            version: row.version,
            kept: row.kept,
        }
    }
}

/// An inspection, as a list tells it.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionItem")]
pub struct InspectionItem {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// The right.
    pub agreement_id: Uuid,
    /// Whose right it is.
    pub structure_id: Uuid,
    /// Name of the structure.
    pub structure_name: String,
    /// Why it is made.
    pub trigger: TriggerWord,
    /// Where it stands.
    pub state: InspectionStateWord,
    /// Before which day it should take place.
    pub due_on: Option<Date>,
    /// Its beginning.
    pub starts_at: Option<OffsetDateTime>,
    /// Who makes it.
    pub controller_id: Option<Uuid>,
}

impl From<&Found> for InspectionItem {
    fn from(found: &Found) -> Self {
        let row = &found.inspection;
        Self {
            id: row.id.0,
            number: row.number.clone(),
            agreement_id: row.agreement_id.0,
            structure_id: row.structure_id.0,
            structure_name: found.structure_name.clone(),
            trigger: row.origin.into(),
            state: row.state.into(),
            due_on: row.due_on,
            starts_at: row.starts_at.map(|at| *at),
            controller_id: row.controller_id.map(Into::into),
        }
    }
}

/// A page of inspections.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionPage")]
pub struct InspectionPage {
    /// The inspections.
    pub items: Vec<InspectionItem>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// An inspection. What the structure is not told yet is left out of what it reads.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Inspection")]
pub struct InspectionOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// The right.
    pub agreement_id: Uuid,
    /// Whose right it is.
    pub structure_id: Uuid,
    /// Which site; none for all.
    pub site_id: Option<Uuid>,
    /// Why it is made.
    pub trigger: TriggerWord,
    /// Why, in words; for the team and whoever inspects.
    pub reason: Option<String>,
    /// How.
    pub mode: InspectionModeWord,
    /// Where it stands.
    pub state: InspectionStateWord,
    /// The inspection whose actions it checks.
    pub follows_id: Option<Uuid>,
    /// Before which day it should take place.
    pub due_on: Option<Date>,
    /// Who makes it.
    pub controller_id: Option<Uuid>,
    /// Its mission; for the team.
    pub mission_id: Option<Uuid>,
    /// Its beginning.
    pub starts_at: Option<OffsetDateTime>,
    /// Its end.
    pub ends_at: Option<OffsetDateTime>,
    /// Where.
    pub place: String,
    /// What the structure prepares, one piece per line.
    pub pieces_asked: String,
    /// How the files that are read are chosen.
    pub sample_rule: String,
    /// When it took place.
    pub performed_at: Option<OffsetDateTime>,
    /// What its grid is worth, once it was told.
    pub rating: Option<RatingWord>,
    /// What the provisional report says.
    pub report: Option<String>,
    /// Until when the structure comments.
    pub comments_due_at: Option<OffsetDateTime>,
    /// How whoever inspected proposes to end; for the team and whoever inspects.
    pub proposal: Option<ProposalWord>,
    /// What the final report says, once it was concluded.
    pub conclusion: Option<String>,
    /// What the structure commented.
    pub comments: Vec<CommentOut>,
    /// The answers of the grid, once they are told to the reader.
    pub answers: Vec<AnswerOut>,
    /// Its gaps, in the order of the grid.
    pub gaps: Vec<GapOut>,
    /// Version.
    pub version: i32,
}

/// What an inspection is told with.
pub struct Parts<'a> {
    /// The inspection.
    pub row: &'a inspection::Model,
    /// Whether the reader is of the team, or inspects.
    pub inside: bool,
    /// The answers of the grid.
    pub answers: &'a [inspection_answer::Model],
    /// Its gaps.
    pub gaps: &'a [nonconformity::Model],
    /// What was answered to them.
    pub actions: &'a [Answered],
    /// What the structure commented.
    pub comments: &'a [entity::inspection_comment::Model],
}

impl InspectionOut {
    /// The inspection, as the reader may know it.
    #[must_use]
    pub fn of(parts: &Parts<'_>) -> Self {
        let row = parts.row;
        let told = parts.inside || super::state::is_told(row.state);
        let inside = parts.inside;
        let gap = |gap: &nonconformity::Model| GapOut {
            id: gap.id.0,
            criterion: gap.criterion.clone(),
            finding: gap.finding.clone(),
            severity: gap.severity.into(),
            state: gap.state.into(),
            due_on: gap.due_on,
            extended: gap.extended,
            drop_reason: gap.drop_reason.clone(),
            actions: parts
                .actions
                .iter()
                .filter(|one| one.action.nonconformity_id == gap.id)
                .map(Into::into)
                .collect(),
        };
        let comment = |one: &entity::inspection_comment::Model| CommentOut {
            at: *one.commented_at,
            text: one.text.clone(),
        };
        Self {
            id: row.id.0,
            number: row.number.clone(),
            agreement_id: row.agreement_id.0,
            structure_id: row.structure_id.0,
            site_id: row.site_id.map(Into::into),
            trigger: row.origin.into(),
            reason: Some(row.reason.clone()).filter(|_| inside),
            mode: row.mode.into(),
            state: row.state.into(),
            follows_id: row.follows_id.map(Into::into),
            due_on: row.due_on.filter(|_| inside),
            controller_id: row.controller_id.map(Into::into),
            mission_id: row.mission_id.map(Into::into).filter(|_| inside),
            starts_at: row.starts_at.map(|at| *at),
            ends_at: row.ends_at.map(|at| *at),
            place: row.place.clone(),
            pieces_asked: row.pieces_asked.clone(),
            sample_rule: row.sample_rule.clone(),
            performed_at: row.performed_at.map(|at| *at),
            rating: row.rating.filter(|_| told).map(Into::into),
            report: row.report.clone().filter(|_| told),
            comments_due_at: row.comments_due_at.map(|at| *at),
            proposal: row.proposal.filter(|_| inside).map(Into::into),
            conclusion: row.conclusion.clone().filter(|_| inside || row.concluded_at.is_some()),
            comments: parts.comments.iter().map(comment).collect(),
            answers: parts.answers.iter().filter(|_| told).map(Into::into).collect(),
            gaps: parts.gaps.iter().filter(|_| told).map(gap).collect(),
            version: row.version,
        }
    }
}
