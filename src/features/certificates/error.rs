//! What may be refused about a certificate.

use entity::certificate::CertificateState;
use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::features::certifications::CertificationError;
use crate::features::journal::JournalError;
use crate::import::TableError;
use crate::keys;
use crate::storage::StorageError;
use crate::worker::seal::keys as journal_key;

/// Why an act on a certificate was refused.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such certificate, or not for this person.
    #[error("no such certificate")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// The session is not validated yet.
    #[error("the session is not validated")]
    SessionNotValidated,
    /// Something that must be printed is not known, candidate by candidate.
    #[error("incomplete content")]
    Incomplete(Vec<String>),
    /// Nobody in the session is left to deliver something to.
    #[error("nothing to issue")]
    NothingToIssue,
    /// A revocation is asked already, or none is.
    #[error("revocation asked: {0}")]
    RevocationAsked(bool),
    /// The second person is the first.
    #[error("the same person twice")]
    SamePerson,
    /// The file is not typeset yet.
    #[error("the document is not ready")]
    NotReady,
    /// The files of a session were not failed.
    #[error("the files did not fail")]
    BatchNotFailed,
    /// A file that was not delivered, or that may not be shown.
    #[error("no such file was delivered")]
    UnknownFile,
    /// The key cannot be read.
    #[error(transparent)]
    Key(#[from] keys::KeyError),
    /// The key that signs cannot be read.
    #[error(transparent)]
    JournalKey(#[from] journal_key::KeyError),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The certification cannot be read.
    #[error(transparent)]
    Certification(#[from] CertificationError),
    /// The journal cannot prove it.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A file of the past cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// The archive cannot be written.
    #[error("archive: {0}")]
    Archive(String),
}

impl From<DbErr> for CertificateError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for CertificateError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<serde_json::Error> for CertificateError {
    fn from(error: serde_json::Error) -> Self {
        Self::Below(error.into())
    }
}

impl From<Vec<Fault>> for CertificateError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for CertificateError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound | Self::UnknownFile => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_)
            | Self::SessionNotValidated
            | Self::Incomplete(_)
            | Self::NothingToIssue
            | Self::RevocationAsked(_)
            | Self::SamePerson
            | Self::NotReady
            | Self::BatchNotFailed => ErrorKind::Conflict,
            Self::Key(_) | Self::JournalKey(_) | Self::Archive(_) => ErrorKind::Internal,
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Certification(error) => error.kind(),
            Self::Journal(error) => error.kind(),
            Self::File(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "certificate-wrong-state",
            Self::SessionNotValidated => "certificate-session-not-validated",
            Self::Incomplete(_) => "certificate-incomplete",
            Self::NothingToIssue => "certificate-nothing-to-issue",
            Self::RevocationAsked(true) => "certificate-revocation-asked",
            Self::RevocationAsked(false) => "certificate-revocation-not-asked",
            Self::SamePerson => "certificate-same-person",
            Self::NotReady => "certificate-not-ready",
            Self::BatchNotFailed => "certificate-batch-not-failed",
            Self::UnknownFile => "certificate-file-unknown",
            Self::Key(_) | Self::JournalKey(_) | Self::Archive(_) => "internal",
            Self::Storage(_) => "certificate-storage-unavailable",
            Self::Certification(error) => error.code(),
            Self::Journal(error) => error.code(),
            Self::File(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Certification(error) => return error.detail(),
            Self::Journal(error) => return error.detail(),
            Self::File(error) => return error.detail(),
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::Step(step) => return wrong_state(step.from),
            Self::NotFound => "Ce certificat n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Ce certificat a changé depuis votre lecture. Relisez-le avant de recommencer.",
            Self::SessionNotValidated => {
                "Le procès-verbal de cette session n’est pas encore validé\u{202f}: rien ne peut être délivré."
            }
            Self::Incomplete(_) => "Des informations manquent pour délivrer\u{202f}: rien n’a été délivré.",
            Self::NothingToIssue => "Dans cette session, tout ce qui devait être délivré l’a été.",
            Self::RevocationAsked(true) => "La révocation de ce certificat est déjà demandée.",
            Self::RevocationAsked(false) => "Personne n’a demandé la révocation de ce certificat.",
            Self::SamePerson => {
                "Vous avez demandé cette révocation\u{202f}: une autre personne doit la confirmer."
            }
            Self::NotReady => "Ce fichier est en préparation\u{202f}: réessayez dans un instant.",
            Self::BatchNotFailed => "La préparation de ces fichiers n’a pas échoué\u{202f}: il n’y a rien à reprendre.",
            Self::UnknownFile => labels::FILE_UNKNOWN,
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant."
            }
            Self::Key(_) | Self::JournalKey(_) | Self::Archive(_) => INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::File(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Incomplete(reasons) => reasons.clone(),
            _ => Vec::new(),
        }
    }
}

fn wrong_state(state: CertificateState) -> String {
    format!(
        "Ce certificat est dans l’état «\u{202f}{}\u{202f}»\u{202f}: cet acte n’est pas possible.",
        labels::state(state)
    )
}
