//! The shapes of the API of certificates.

use entity::certificate::{self, CertificateKind, CertificateState};
use entity::certificate_batch::{self, BatchState};
use entity::certificate_change;
use entity::certificate_change::ChangeCause;
use entity::certificate_revocation::RevocationCause;
use poem_openapi::types::Any;
use poem_openapi::{Enum, Object};
use serde_json::Value;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::content::Unit;
use super::documents;
use super::file::Checked;
use super::public::Verified;
use crate::http::api::{LongText, ShortText};

/// What was delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateKind", rename_all = "snake_case")]
pub enum KindWord {
    /// Everything was acquired.
    Full,
    /// A part was.
    Blocs,
}

impl From<CertificateKind> for KindWord {
    fn from(kind: CertificateKind) -> Self {
        match kind {
            CertificateKind::Full => Self::Full,
            CertificateKind::Blocs => Self::Blocs,
        }
    }
}

impl From<KindWord> for CertificateKind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Full => Self::Full,
            KindWord::Blocs => Self::Blocs,
        }
    }
}

/// Whether a certificate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateState", rename_all = "snake_case")]
pub enum StateWord {
    /// It counts.
    Valid,
    /// Not for now.
    Suspended,
    /// Never again.
    Revoked,
    /// Another one took its place.
    Superseded,
}

impl From<CertificateState> for StateWord {
    fn from(state: CertificateState) -> Self {
        match state {
            CertificateState::Valid => Self::Valid,
            CertificateState::Suspended => Self::Suspended,
            CertificateState::Revoked => Self::Revoked,
            CertificateState::Superseded => Self::Superseded,
        }
    }
}

impl From<StateWord> for CertificateState {
    fn from(word: StateWord) -> Self {
        match word {
            StateWord::Valid => Self::Valid,
            StateWord::Suspended => Self::Suspended,
            StateWord::Revoked => Self::Revoked,
            StateWord::Superseded => Self::Superseded,
        }
    }
}

/// Why a revocation is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateRevocationCause", rename_all = "snake_case")]
pub enum RevocationWord {
    /// Fraud.
    Fraud,
    /// It was delivered by mistake.
    MaterialError,
    /// An appeal annulled the decision.
    Appeal,
    /// Another reason.
    Other,
}

impl From<RevocationWord> for RevocationCause {
    fn from(word: RevocationWord) -> Self {
        match word {
            RevocationWord::Fraud => Self::Fraud,
            RevocationWord::MaterialError => Self::MaterialError,
            RevocationWord::Appeal => Self::Appeal,
            RevocationWord::Other => Self::Other,
        }
    }
}

/// Why a certificate is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateReplacementCause", rename_all = "snake_case")]
pub enum ReplacementWord {
    /// The civil status changed.
    CivilStatus,
    /// Something printed was wrong.
    MaterialError,
}

impl From<ReplacementWord> for ChangeCause {
    fn from(word: ReplacementWord) -> Self {
        match word {
            ReplacementWord::CivilStatus => Self::CivilStatus,
            ReplacementWord::MaterialError => Self::MaterialError,
        }
    }
}

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

/// A session whose certificates are to be delivered.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateIssueIn {
    /// Key of the session of jury.
    pub session_id: Uuid,
}

/// Where the files of a batch stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertificateBatchState", rename_all = "snake_case")]
pub enum BatchWord {
    /// Not begun.
    Waiting,
    /// Some are ready.
    Running,
    /// All are.
    Done,
    /// They could not be made.
    Failed,
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

/// Why something is done.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateReasonIn {
    /// The reason, kept in the journal.
    pub reason: LongText,
}

/// A revocation that is asked.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateRevocationIn {
    /// Why, in one word.
    pub cause: RevocationWord,
    /// Why.
    pub reason: LongText,
}

/// A replacement.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificateReplacementIn {
    /// Why, in one word.
    pub cause: ReplacementWord,
    /// Why.
    pub reason: LongText,
}

/// Whether the public page shows it.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertificatePublicIn {
    /// Whether anybody may verify it by its number.
    pub public: bool,
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

/// What anybody may know of a certificate from its number: the name is left out.
#[derive(Clone, Debug, Object)]
pub struct VerificationResultOut {
    /// Number.
    pub number: String,
    /// What was delivered.
    pub kind: KindWord,
    /// Whether it counts.
    pub state: StateWord,
    /// Whether what it says is being put right, after a change of civil status or an appeal: it counts meanwhile.
    pub rectification_in_progress: bool,
    /// Initials of the holder.
    pub holder_initials: String,
    /// Title of the certification.
    pub title: String,
    /// Name of the register, when the certification was registered on the day of the decision.
    pub register: Option<String>,
    /// Number in the register.
    pub register_number: Option<String>,
    /// Who delivered it.
    pub certifier: String,
    /// Day of the decision.
    pub decided_on: Date,
    /// Place of the jury.
    pub place: Option<String>,
    /// Day of the delivery.
    pub delivered_on: Date,
    /// Blocs acquired.
    pub acquired: Vec<CertificateUnitOut>,
    /// Number of the certificate that took its place.
    pub superseded_by: Option<String>,
    /// SHA-256 of the content, in hexadecimal.
    pub content_hash: String,
    /// Ed25519 signature, in hexadecimal.
    pub signature: String,
    /// Name of the key.
    pub key_id: String,
}

impl From<&Verified> for VerificationResultOut {
    fn from(found: &Verified) -> Self {
        let (row, content) = (&found.certificate, &found.content);
        let registration = content.certification.registration.as_ref();
        Self {
            number: row.number.clone(),
            kind: row.kind.into(),
            state: row.state.into(),
            rectification_in_progress: found.rectified,
            holder_initials: row.initials.clone(),
            title: content.certification.title.clone(),
            register: registration.map(|entry| entry.register.clone()),
            register_number: registration.map(|entry| entry.number.clone()),
            certifier: content.certifier.name.clone(),
            decided_on: row.decided_on,
            place: content.place.clone(),
            delivered_on: row.delivered_on,
            acquired: content.acquired.iter().map(Into::into).collect(),
            superseded_by: found.successor.clone(),
            content_hash: hex::encode(&row.content_hash),
            signature: hex::encode(&row.signature),
            key_id: row.key_id.clone(),
        }
    }
}

/// What a file that was delivered is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "VerificationFileKind", rename_all = "snake_case")]
pub enum FileWord {
    /// The certificate or the attestation.
    Certificate,
    /// Its annex.
    Supplement,
    /// A duplicate of it.
    Duplicate,
}

impl FileWord {
    /// The word of a kind of document.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        match kind {
            documents::SUPPLEMENT => Self::Supplement,
            documents::DUPLICATE => Self::Duplicate,
            _ => Self::Certificate,
        }
    }
}

/// A file that was delivered, to the last byte.
#[derive(Clone, Debug, Object)]
pub struct VerificationFileOut {
    /// What it is.
    pub file: FileWord,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Whether our detached signature holds on its certificate.
    pub signed: bool,
    /// Whether the journal says that the certificate was delivered so and that this file was made.
    pub recorded: bool,
    /// Its certificate, and whether it counts.
    pub certificate: VerificationResultOut,
}

impl From<&Checked> for VerificationFileOut {
    fn from(checked: &Checked) -> Self {
        Self {
            file: FileWord::of(&checked.document.kind),
            sha256: hex::encode(&checked.document.sha256),
            signed: checked.signed,
            recorded: checked.recorded,
            certificate: (&checked.found).into(),
        }
    }
}

/// A name to compare.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct VerificationNameIn {
    /// The printed name.
    pub name: ShortText,
}

/// Whether a name is the printed one.
#[derive(Clone, Debug, Object)]
pub struct VerificationNameOut {
    /// Whether it matches.
    pub matches: bool,
}
