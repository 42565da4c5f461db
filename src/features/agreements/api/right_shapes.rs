//! What the agreement desk answers of a decision and of the right that it gives.

use entity::{agreement, appeal, committee, decision, decision_letter, reserve};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::shapes::{AgreementRequestLine, DocumentOut};
use super::words::{
    AgreementStateWord, AppealOutcomeWord, CommitteeStateWord, OutcomeWord, ReserveStateWord, RoleWord,
};
use crate::features::agreements::labels;

/// A decision.
#[derive(Clone, Debug, Object)]
pub struct DecisionOut {
    /// Key.
    pub id: Uuid,
    /// What was decided.
    pub outcome: OutcomeWord,
    /// Text of the letter.
    pub text: String,
    /// First day of the right.
    pub starts_on: Option<Date>,
    /// Last day of the right.
    pub ends_on: Option<Date>,
    /// By when what is missing must arrive.
    pub due_on: Option<Date>,
    /// When.
    pub decided_at: OffsetDateTime,
    /// The registered letter that took it to the structure.
    pub letter: Option<LetterOut>,
}

impl DecisionOut {
    /// A decision with its letter.
    #[must_use]
    pub fn of(decision: &decision::Model, letter: Option<&decision_letter::Model>) -> Self {
        Self {
            id: decision.id.0,
            outcome: decision.outcome.into(),
            text: decision.text.clone(),
            starts_on: decision.starts_on,
            ends_on: decision.ends_on,
            due_on: decision.due_on,
            decided_at: *decision.decided_at,
            letter: letter.map(Into::into),
        }
    }
}

/// A registered letter.
#[derive(Clone, Debug, Object)]
pub struct LetterOut {
    /// Number that the post printed.
    pub number: String,
    /// Day on which it was sent.
    pub sent_on: Date,
    /// Day on which the post presented it; null while it travels.
    pub presented_on: Option<Date>,
    /// When this was recorded.
    pub recorded_at: OffsetDateTime,
}

impl From<&decision_letter::Model> for LetterOut {
    fn from(letter: &decision_letter::Model) -> Self {
        Self {
            number: letter.number.clone(),
            sent_on: letter.sent_on,
            presented_on: letter.presented_on,
            recorded_at: *letter.recorded_at,
        }
    }
}

/// A reserve.
#[derive(Clone, Debug, Object)]
pub struct ReserveOut {
    /// Key.
    pub id: Uuid,
    /// Rank, from 1.
    pub position: i32,
    /// What remains to be done.
    pub text: String,
    /// By when, inclusive.
    pub due_on: Date,
    /// Whether it remains.
    pub state: ReserveStateWord,
    /// When it was closed.
    pub closed_at: Option<OffsetDateTime>,
    /// What proved it.
    pub evidence: Option<String>,
    /// Key of the last document that the structure brought to have it closed.
    pub proof_document_id: Option<Uuid>,
    /// What the structure says of it.
    pub proof_note: Option<String>,
    /// When it was brought.
    pub proof_at: Option<OffsetDateTime>,
}

impl From<&reserve::Model> for ReserveOut {
    fn from(reserve: &reserve::Model) -> Self {
        Self {
            id: reserve.id.0,
            position: reserve.position,
            text: reserve.text.clone(),
            due_on: reserve.due_on,
            state: reserve.state.into(),
            closed_at: reserve.closed_at.map(|at| *at),
            evidence: reserve.evidence.clone(),
            proof_document_id: reserve.proof_document_id.map(|id| id.0),
            proof_note: reserve.proof_note.clone(),
            proof_at: reserve.proof_at.map(|at| *at),
        }
    }
}

/// An appeal.
#[derive(Clone, Debug, Object)]
pub struct AppealOut {
    /// Key.
    pub id: Uuid,
    /// What the structure says.
    pub text: String,
    /// When.
    pub lodged_at: OffsetDateTime,
    /// The answer.
    pub outcome: Option<AppealOutcomeWord>,
    /// Its reasons.
    pub reasons: Option<String>,
    /// When it was settled.
    pub settled_at: Option<OffsetDateTime>,
}

impl From<&appeal::Model> for AppealOut {
    fn from(appeal: &appeal::Model) -> Self {
        Self {
            id: appeal.id.0,
            text: appeal.text.clone(),
            lodged_at: *appeal.lodged_at,
            outcome: appeal.outcome.map(Into::into),
            reasons: appeal.reasons.clone(),
            settled_at: appeal.settled_at.map(|at| *at),
        }
    }
}

/// A committee.
#[derive(Clone, Debug, Object)]
pub struct CommitteeLine {
    /// Key.
    pub id: Uuid,
    /// Day of the meeting.
    pub meets_on: Date,
    /// IANA zone.
    pub zone: String,
    /// Place.
    pub place: String,
    /// State.
    pub state: CommitteeStateWord,
    /// Version.
    pub version: i32,
}

impl From<&committee::Model> for CommitteeLine {
    fn from(committee: &committee::Model) -> Self {
        Self {
            id: committee.id.0,
            meets_on: committee.meets_on,
            zone: committee.zone.clone(),
            place: committee.place.clone(),
            state: committee.state.into(),
            version: committee.version,
        }
    }
}

/// A page of committees.
#[derive(Clone, Debug, Object)]
pub struct CommitteePage {
    /// The committees.
    pub items: Vec<CommitteeLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A committee with its agenda.
#[derive(Clone, Debug, Object)]
pub struct CommitteeOut {
    /// Key.
    pub id: Uuid,
    /// Day of the meeting.
    pub meets_on: Date,
    /// IANA zone.
    pub zone: String,
    /// Place.
    pub place: String,
    /// State.
    pub state: CommitteeStateWord,
    /// Requests on the agenda.
    pub agenda: Vec<AgreementRequestLine>,
    /// The agenda as documents, with a summary of each request, newest first.
    pub documents: Vec<DocumentOut>,
    /// Version.
    pub version: i32,
}

/// A line of the list of agreements.
#[derive(Clone, Debug, Object)]
pub struct AgreementLine {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// Request that gave it.
    pub request_id: Uuid,
    /// Structure that holds it.
    pub structure_id: Uuid,
    /// Version of the certification.
    pub certification_version_id: Uuid,
    /// Service covered.
    pub role: RoleWord,
    /// State.
    pub state: AgreementStateWord,
    /// State, in French.
    pub state_label: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Signed by the structure.
    pub signed_by_structure_at: Option<OffsetDateTime>,
    /// Signed by the certifier.
    pub signed_by_certifier_at: Option<OffsetDateTime>,
    /// In force since.
    pub activated_at: Option<OffsetDateTime>,
    /// Version.
    pub version: i32,
}

impl From<&agreement::Model> for AgreementLine {
    fn from(agreement: &agreement::Model) -> Self {
        Self {
            id: agreement.id.0,
            number: agreement.number.clone(),
            request_id: agreement.request_id.0,
            structure_id: agreement.structure_id.0,
            certification_version_id: agreement.certification_version_id.0,
            role: agreement.role.into(),
            state: agreement.state.into(),
            state_label: labels::right_state(agreement.state).word.to_owned(),
            starts_on: agreement.starts_on,
            ends_on: agreement.ends_on,
            signed_by_structure_at: agreement.signed_by_structure_at.map(|at| *at),
            signed_by_certifier_at: agreement.signed_by_certifier_at.map(|at| *at),
            activated_at: agreement.activated_at.map(|at| *at),
            version: agreement.version,
        }
    }
}

/// A page of agreements.
#[derive(Clone, Debug, Object)]
pub struct AgreementPage {
    /// The agreements.
    pub items: Vec<AgreementLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// An agreement with its reserves.
#[derive(Clone, Debug, Object)]
pub struct AgreementOut {
    /// The agreement.
    #[oai(flatten)]
    pub agreement: AgreementLine,
    /// Name of the structure.
    pub structure_name: String,
    /// Reserves.
    pub reserves: Vec<ReserveOut>,
}

/// A due update of the list of partners.
#[derive(Clone, Debug, Object)]
pub struct PartnerUpdateOut {
    /// Key.
    pub id: Uuid,
    /// Agreement concerned.
    pub agreement_id: Uuid,
    /// Its number.
    pub agreement_number: String,
    /// What changed, in French.
    pub reason: String,
    /// When it changed.
    pub changed_at: OffsetDateTime,
    /// By when the list must say it (labour code, R. 6113-17).
    pub due_on: Date,
    /// When it was said.
    pub done_at: Option<OffsetDateTime>,
}

impl PartnerUpdateOut {
    /// An update with its agreement.
    #[must_use]
    pub fn of(update: &entity::partner_update::Model, agreement: &agreement::Model) -> Self {
        Self {
            id: update.id.0,
            agreement_id: agreement.id.0,
            agreement_number: agreement.number.clone(),
            reason: update.reason.clone(),
            changed_at: *update.changed_at,
            due_on: update.due_on,
            done_at: update.done_at.map(|at| *at),
        }
    }
}

/// A page of due updates.
#[derive(Clone, Debug, Object)]
pub struct PartnerUpdatePage {
    /// The updates.
    pub items: Vec<PartnerUpdateOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}
