//! What a public verification answers.

use poem_openapi::{Enum, Object};
use time::Date;

use super::super::documents;
use super::super::file::Checked;
use super::super::public::Verified;
use super::CertificateUnitOut;
use super::words::{KindWord, StateWord};
use crate::http::api::ShortText;

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
