//! What may be refused about a candidate.

use sea_orm::DbErr;

use super::labels;
use super::state::{Guard, InvalidStep};
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::certifications::CertificationError;
use crate::features::structures::StructureError;
use crate::features::ties::TieError;
use crate::import::TableError;
use crate::keys::KeyError;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why an act on a candidate was refused.
#[derive(Debug, thiserror::Error)]
pub enum CandidateError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such candidate, or not for this person.
    #[error("no such candidate")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// Something that the step asks is not there: each thing in words.
    #[error("{} things lack", .0.len())]
    Lacking(Vec<String>),
    /// Somebody of the same names, born on the same day, is known: each file in words.
    #[error("somebody alike is known")]
    Alike(Vec<String>),
    /// The file is with the certifier: the structure changes nothing in it.
    #[error("the file is with the certifier")]
    WithCertifier,
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What another part was asked to read was refused.
    #[error("{0}")]
    Elsewhere(Box<dyn DomainError + Send + Sync>),
}

impl CandidateError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }

    /// What a step asks and that is not there; nothing when everything is.
    ///
    /// # Errors
    /// [`CandidateError::Lacking`].
    pub fn unless_all_met(lacking: &[Guard]) -> Result<(), Self> {
        if lacking.is_empty() {
            return Ok(());
        }
        Err(Self::Lacking(lacking.iter().map(|guard| labels::guard(*guard).to_owned()).collect()))
    }
}

impl From<DbErr> for CandidateError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for CandidateError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for CandidateError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<CertificationError> for CandidateError {
    fn from(error: CertificationError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<StructureError> for CandidateError {
    fn from(error: StructureError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<TieError> for CandidateError {
    fn from(error: TieError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<TableError> for CandidateError {
    fn from(error: TableError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<KeyError> for CandidateError {
    fn from(error: KeyError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<ReceiveError> for CandidateError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Storage(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl DomainError for CandidateError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Step(_) | Self::Lacking(_) | Self::Alike(_) | Self::WithCertifier => ErrorKind::Conflict,
            Self::Stale => ErrorKind::Stale,
            Self::Content(error) => error.kind(),
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Elsewhere(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Step(_) => "candidate-wrong-state",
            Self::Lacking(_) => "candidate-lacking",
            Self::Alike(_) => "candidate-alike",
            Self::WithCertifier => "candidate-with-certifier",
            Self::Stale => "stale",
            Self::Content(error) => error.code(),
            Self::Storage(_) => "candidate-storage-unavailable",
            Self::Elsewhere(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Step(step) => return labels::wrong_state(step.from),
            Self::Content(error) => return error.message(),
            Self::Elsewhere(error) => return error.detail(),
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Ce dossier n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Lacking(_) => "Il manque quelque chose pour cette étape. Rien n’a été changé.",
            Self::Alike(_) => "Une personne de mêmes nom et prénom, née le même jour, est déjà inscrite. Confirmez qu’il s’agit d’une autre inscription.",
            Self::WithCertifier => labels::faults::OWN_CHANGES_OVER,
            Self::Stale => "Ce dossier a changé depuis votre lecture. Relisez-le avant de recommencer.",
            Self::Storage(_) => "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant.",
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            Self::Elsewhere(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(reasons) | Self::Alike(reasons) => reasons.clone(),
            Self::Elsewhere(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
