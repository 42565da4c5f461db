//! The shapes of the API of certificates.

mod bodies;
mod verification;
mod words;

use entity::certificate;
use entity::certificate_batch::{self, BatchState};
use entity::certificate_change;
use poem_openapi::Object;
use poem_openapi::types::Any;
use serde_json::Value;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::content::Unit;
pub use bodies::{
    CertificateIssueIn, CertificatePublicIn, CertificateReasonIn, CertificateReplacementIn,
    CertificateRevocationIn,
};
pub use verification::{
    FileWord, VerificationFileOut, VerificationNameIn, VerificationNameOut, VerificationResultOut,
};
pub use words::{BatchWord, KindWord, ReplacementWord, RevocationWord, StateWord};

/// A certificate.
#[derive(Clone, Debug, Object)]
pub struct CertificateOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// What was delivered.
    pub kind: KindWord,
    /// Whether it counts.
    pub state: StateWord,
    /// The printed name.
    pub holder_name: String,
    /// Key of the candidate; none for the past.
    pub candidate_id: Option<Uuid>,
    /// Key of the session of jury; none for the past.
    pub session_id: Option<Uuid>,
    /// Key of the certification.
    pub certification_id: Uuid,
    /// Key of the structure.
    pub structure_id: Option<Uuid>,
    /// Day of the decision.
    pub decided_on: Date,
    /// Day of the delivery.
    pub delivered_on: Date,
    /// Key of the certificate that it takes the place of.
    pub supersedes_id: Option<Uuid>,
    /// Whether anybody may verify it by its number.
    pub public: bool,
    /// Whether its file is ready.
    pub document_ready: bool,
    /// SHA-256 of the content, in hexadecimal.
    pub content_hash: String,
    /// Ed25519 signature of the number and of the fingerprint, in hexadecimal.
    pub signature: String,
    /// Name of the key.
    pub key_id: String,
    /// Version.
    pub version: i32,
}

impl From<&certificate::Model> for CertificateOut {
    fn from(row: &certificate::Model) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            kind: row.kind.into(),
            state: row.state.into(),
            holder_name: row.holder_name.clone(),
            candidate_id: row.candidate_id.map(|id| id.0),
            session_id: row.session_id.map(|id| id.0),
            certification_id: row.certification_id.0,
            structure_id: row.structure_id.map(|id| id.0),
            decided_on: row.decided_on,
            delivered_on: row.delivered_on,
            supersedes_id: row.supersedes_id.map(|id| id.0),
            public: row.public,
            document_ready: row.document_id.is_some(),
            content_hash: hex::encode(&row.content_hash),
            signature: hex::encode(&row.signature),
            key_id: row.key_id.clone(),
            version: row.version,
        }
    }
}

/// A certificate with what happened to it.
#[derive(Clone, Debug, Object)]
pub struct CertificateDetailOut {
    /// The certificate.
    #[oai(flatten)]
    pub certificate: CertificateOut,
    /// What is printed, as it was frozen.
    pub content: Any<Value>,
    /// Its changes, the newest first.
    pub changes: Vec<CertificateChangeOut>,
    /// Whether a revocation waits for a second person.
    pub revocation_asked: bool,
}

/// A change of a certificate.
#[derive(Clone, Debug, Object)]
pub struct CertificateChangeOut {
    /// Before.
    pub was: StateWord,
    /// After.
    pub became: StateWord,
    /// Why, in one word.
    pub cause: String,
    /// Why.
    pub reason: String,
    /// When.
    pub changed_at: OffsetDateTime,
}

impl From<&certificate_change::Model> for CertificateChangeOut {
    fn from(row: &certificate_change::Model) -> Self {
        Self {
            was: row.was.into(),
            became: row.became.into(),
            cause: row.cause.word(),
            reason: row.reason.clone(),
            changed_at: *row.changed_at,
        }
    }
}

/// A page of certificates.
#[derive(Clone, Debug, Object)]
pub struct CertificatePage {
    /// The certificates, the latest recorded first.
    pub items: Vec<CertificateOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// The certificates of a session, delivered together.
#[derive(Clone, Debug, Object)]
pub struct CertificateBatchOut {
    /// Key.
    pub id: Uuid,
    /// Key of the session.
    pub session_id: Uuid,
    /// Where its files stand.
    pub state: BatchWord,
    /// Certificates delivered.
    pub total: i32,
    /// Those whose file is ready.
    pub done: i32,
    /// Whether the archive is ready: it is whole or is not.
    pub archive_ready: bool,
    /// Why files could not be made, while they could not.
    pub failure: Option<String>,
    /// The certificates.
    pub certificates: Vec<CertificateOut>,
    /// What lacks to those of the session who were delivered nothing, one line for each.
    pub lacking: Vec<String>,
}

impl CertificateBatchOut {
    /// A batch, its certificates, and what lacks to the others of the session.
    #[must_use]
    pub fn of(
        batch: &certificate_batch::Model,
        certificates: &[certificate::Model],
        lacking: Vec<String>,
    ) -> Self {
        Self {
            id: batch.id.0,
            session_id: batch.session_id.0,
            state: match batch.state {
                BatchState::Waiting => BatchWord::Waiting,
                BatchState::Running => BatchWord::Running,
                BatchState::Done => BatchWord::Done,
                BatchState::Failed => BatchWord::Failed,
            },
            total: batch.total,
            done: batch.done,
            archive_ready: batch.archive_id.is_some(),
            failure: batch.failure.clone(),
            certificates: certificates.iter().map(Into::into).collect(),
            lacking,
        }
    }
}

/// The badge of a certificate.
#[derive(Clone, Debug, Object)]
pub struct CertificateBadgeOut {
    /// The Open Badges 3.0 credential, a JWT signed with Ed25519.
    pub credential: String,
    /// Who signs it.
    pub issuer: String,
}

/// A bloc or a skill.
#[derive(Clone, Debug, Object)]
pub struct CertificateUnitOut {
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
}

impl From<&Unit> for CertificateUnitOut {
    fn from(unit: &Unit) -> Self {
        Self { code: unit.code.clone(), title: unit.title.clone() }
    }
}
