//! What the API says of papers.

use entity::document;
use entity::training_document::{PaperKind, PaperState};
use entity::training_signature::{self, Party, SignatureKind};
use poem_openapi::types::Any;
use poem_openapi::{Enum, Object};
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

use super::input::{TypedAnswer, TypedOrder};
use super::queries::Line;
use super::queries::plan::{Becomes, Planned};
use super::record::reference;
use super::{PaperError, Record, labels};
use crate::http::api::words::words;
use crate::http::api::{LongText, ShortText};
use crate::rules::training::mentions::Signed;

words! {
    /// What a paper of training is.
    PaperKindWord as "PaperKind" for PaperKind {
        /// Need and positioning, before the contract.
        NeedsAnalysis,
        /// Positioning.
        Positioning,
        /// Proposal, the programme attached.
        Proposal,
        /// Convention with an employer.
        Convention,
        /// The same, signed by the person too.
        TripartiteConvention,
        /// Contract of somebody at their own cost.
        Contract,
        /// Information before enrolment.
        Information,
        /// What a representative of a minor is told.
        GuardianNotice,
        /// Convocation.
        Summons,
        /// A version of the welcome booklet, handed to somebody.
        WelcomeBooklet,
        /// A version of the house rules, handed to somebody.
        HouseRules,
        /// Sheet of a half-day.
        AttendanceSheet,
        /// Certificat de réalisation.
        CompletionCertificate,
        /// Attestation of assiduity.
        AssiduityCertificate,
        /// Attestation of end of training.
        EndAttestation,
        /// Sub-contract.
        Subcontract,
        /// Evaluation.
        EvaluationSheet,
        /// Anything else.
        Other,
    }

    /// Where a paper stands.
    PaperStateWord as "PaperState" for PaperState {
        /// Frozen, and being typeset.
        ToTypeset,
        /// Typeset, and signed when it has to be.
        Issued,
        /// Waiting for signatures.
        ToSign,
        /// A later issue took its place.
        Replaced,
        /// Taken back.
        Voided,
    }

    /// As whom somebody signs.
    PartyWord as "PaperParty" for Party {
        /// The body itself.
        Provider,
        /// Who buys.
        Buyer,
        /// Who learns.
        Trainee,
        /// Who answers for a minor.
        Guardian,
        /// Who teaches.
        Trainer,
        /// Who delivers for the body.
        Subcontractor,
    }

    /// How somebody answered.
    AnswerWord as "PaperAnswer" for SignatureKind {
        /// By hand, on a screen.
        Drawn,
        /// By a personal link.
        Link,
        /// From an account.
        Account,
        /// On paper.
        Paper,
        /// Not at all.
        Refused,
    }

    /// How far the signatures of a paper are, computed.
    SignedWord as "PaperSigned" for Signed {
        /// Nobody has to sign.
        NotNeeded,
        /// Some lack.
        Waiting,
        /// Somebody refused.
        Refused,
        /// Nobody lacks.
        Fully,
    }
}

/// Somebody who signs.
#[derive(Clone, Debug, Object)]
pub struct PaperSignatoryOut {
    /// As whom.
    pub party: PartyWord,
    /// Name.
    pub name: String,
    /// Whether the paper waits for them.
    pub required: bool,
    /// What they answered; none before they do.
    pub answer: Option<AnswerWord>,
    /// Why they refused.
    pub reason: Option<String>,
    /// When they answered.
    pub signed_at: Option<OffsetDateTime>,
}

impl From<&training_signature::Model> for PaperSignatoryOut {
    fn from(row: &training_signature::Model) -> Self {
        Self {
            party: row.party.into(),
            name: row.name.clone(),
            required: row.required,
            answer: row.kind.map(Into::into),
            reason: Some(row.reason.clone()).filter(|reason| !reason.is_empty()),
            signed_at: row.signed_at.map(|at| *at),
        }
    }
}

/// A file.
#[derive(Clone, Debug, Object)]
pub struct PaperFileOut {
    /// Key.
    pub id: Uuid,
    /// Name of the file.
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl From<&document::Model> for PaperFileOut {
    fn from(row: &document::Model) -> Self {
        Self {
            id: row.id.0,
            file_name: row.download_name(),
            size: row.size,
            sha256: hex::encode(&row.sha256),
        }
    }
}

/// A paper of a list.
#[derive(Clone, Debug, Object)]
pub struct PaperLineOut {
    /// Key.
    pub id: Uuid,
    /// What people call it.
    pub number: String,
    /// What it is.
    pub kind: PaperKindWord,
    /// The same, in French.
    pub kind_label: String,
    /// Where it stands.
    pub state: PaperStateWord,
    /// How far its signatures are.
    pub signed: SignedWord,
    /// Key of its session.
    pub session_id: Uuid,
    /// Number of its session.
    pub session_number: String,
    /// Whom it is about, or who buys.
    pub name: String,
    /// Which issue of it.
    pub revision: i32,
    /// When it was issued.
    pub issued_at: OffsetDateTime,
    /// By when it must be signed.
    pub sign_until: Option<OffsetDateTime>,
}

impl From<Line> for PaperLineOut {
    fn from(line: Line) -> Self {
        Self {
            id: line.paper.id.0,
            number: reference(&line.session, line.paper.seq),
            kind: line.paper.kind.into(),
            kind_label: labels::kind(line.paper.kind).to_owned(),
            state: line.paper.state.into(),
            signed: line.signed.into(),
            session_id: line.session.id.0,
            session_number: line.session.number,
            name: line.name,
            revision: line.paper.revision,
            issued_at: *line.paper.issued_at,
            sign_until: line.paper.sign_until.map(|at| *at),
        }
    }
}

/// A page of papers.
#[derive(Clone, Debug, Object)]
pub struct PaperPage {
    /// The papers, the latest first.
    pub items: Vec<PaperLineOut>,
    /// Cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// A paper.
#[derive(Clone, Debug, Object)]
pub struct PaperOut {
    /// Key.
    pub id: Uuid,
    /// What people call it.
    pub number: String,
    /// What it is.
    pub kind: PaperKindWord,
    /// Where it stands.
    pub state: PaperStateWord,
    /// The same, in French.
    pub state_label: String,
    /// How far its signatures are.
    pub signed: SignedWord,
    /// Key of its session.
    pub session_id: Uuid,
    /// The person whom it is about.
    pub enrolment_id: Option<Uuid>,
    /// Who buys.
    pub buyer_id: Option<Uuid>,
    /// Which issue of it.
    pub revision: i32,
    /// Template and version of it.
    pub template: String,
    /// The frozen text.
    pub content: Option<Any<Value>>,
    /// Its SHA-256, hexadecimal: what people sign.
    pub content_sha256: String,
    /// Who signs, in order.
    pub signatories: Vec<PaperSignatoryOut>,
    /// By when it must be signed.
    pub sign_until: Option<OffsetDateTime>,
    /// When it was issued.
    pub issued_at: OffsetDateTime,
    /// Its files, the signed one last.
    pub documents: Vec<PaperFileOut>,
    /// Version, for `If-Match`.
    pub version: i32,
}

impl PaperOut {
    /// A paper with its files.
    ///
    /// # Errors
    /// When the frozen text was altered.
    pub fn of(record: &Record, files: &[document::Model]) -> Result<Self, PaperError> {
        let content =
            if record.is_typeset() { Some(Any(serde_json::to_value(record.content()?)?)) } else { None };
        let signed = record.signed();
        let paper = &record.paper;
        Ok(Self {
            id: paper.id.0,
            number: record.reference(),
            kind: paper.kind.into(),
            state: paper.state.into(),
            state_label: labels::standing(paper.state, signed).word.to_owned(),
            signed: signed.into(),
            session_id: paper.session_id.0,
            enrolment_id: paper.enrolment_id.map(|id| id.0),
            buyer_id: paper.buyer_id.map(|id| id.0),
            revision: paper.revision,
            template: paper.template.clone(),
            content,
            content_sha256: hex::encode(&paper.content_hash),
            signatories: record.signatures.iter().map(Into::into).collect(),
            sign_until: paper.sign_until.map(|at| *at),
            issued_at: *paper.issued_at,
            documents: files.iter().map(Into::into).collect(),
            version: paper.version,
        })
    }
}

/// A paper to issue.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PaperIn {
    /// The kind; those that are handed or uploaded are not issued.
    pub kind: PaperKindWord,
    /// Key of what it is about: an enrolment, a buyer, a half-day or a sub-contract, as the kind has it.
    pub about_id: Uuid,
    /// Whether a contract is concluded at a distance: the person then has more days to withdraw.
    #[oai(default)]
    pub remote: bool,
}

impl PaperIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedOrder {
        let kind: PaperKind = self.kind.into();
        TypedOrder { kind: kind.word(), about: Some(self.about_id), remote: self.remote }
    }
}

/// How somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum PaperAnswerWay {
    /// By hand: `drawing` is needed.
    Drawn,
    /// From their account.
    Plain,
    /// Not at all: `reason` is needed.
    Refused,
}

/// An answer.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PaperAnswerIn {
    /// How.
    pub way: PaperAnswerWay,
    /// The path of the drawing, in a box of 220 by 80.
    pub drawing: Option<LongText>,
    /// Why somebody refuses.
    pub reason: Option<ShortText>,
    /// The fingerprint of the text that was read.
    pub content_sha256: Option<ShortText>,
}

impl PaperAnswerIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAnswer {
        let text = |text: &Option<ShortText>| text.as_ref().map(|text| text.0.clone()).unwrap_or_default();
        let way = match self.way {
            PaperAnswerWay::Drawn => "drawn",
            PaperAnswerWay::Plain => "plain",
            PaperAnswerWay::Refused => "refused",
        };
        TypedAnswer {
            way: way.to_owned(),
            drawing: self.drawing.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            reason: text(&self.reason),
            seen: text(&self.content_sha256),
        }
    }
}

/// Why a paper is taken back.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PaperReasonIn {
    /// The reason.
    pub reason: ShortText,
}

/// What becomes of somebody when the session is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum SummonsOutcome {
    /// They are called.
    Called,
    /// They were called before.
    AlreadyCalled,
    /// Their enrolment waits for something.
    NotConfirmed,
    /// Their convocation would lack mentions.
    Lacking,
}

/// One person of the dry run.
#[derive(Clone, Debug, Object)]
pub struct SummonsLineOut {
    /// Key of the enrolment.
    pub enrolment_id: Uuid,
    /// What becomes of them.
    pub outcome: SummonsOutcome,
    /// The mentions that lack, in words.
    pub lacking: Vec<String>,
    /// Whether a message reaches them.
    pub reached: bool,
    /// Whether their representative is told too.
    pub minor: bool,
}

impl From<&Planned> for SummonsLineOut {
    fn from(one: &Planned) -> Self {
        let (outcome, lacking) = match &one.becomes {
            Becomes::Called => (SummonsOutcome::Called, Vec::new()),
            Becomes::Already => (SummonsOutcome::AlreadyCalled, Vec::new()),
            Becomes::NotConfirmed => (SummonsOutcome::NotConfirmed, Vec::new()),
            Becomes::Lacking(mentions) => {
                let words = mentions.iter().map(|mention| mention.label().to_owned()).collect();
                (SummonsOutcome::Lacking, words)
            }
        };
        let (reached, minor) = (one.reached, one.minor);
        Self { enrolment_id: one.enrolment.id.0, outcome, lacking, reached, minor }
    }
}

/// What calling a session does, or did.
#[derive(Clone, Debug, Object)]
pub struct SummonsOut {
    /// How many are called.
    pub called: u32,
    /// Everybody who may be.
    pub items: Vec<SummonsLineOut>,
}
