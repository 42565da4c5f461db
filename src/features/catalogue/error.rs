//! What may be refused to the public.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::enrolments::EnrolmentError;
use crate::storage::StorageError;

/// Why something was refused.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such programme or session in the catalogue.
    #[error("not in the catalogue")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The last seat was taken while the form was filled; the rank that its sender would have.
    #[error("the last seat was just taken")]
    JustFilled(u32),
    /// A document cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// What enrolments answer.
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
}

impl From<DbErr> for CatalogueError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for CatalogueError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for CatalogueError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for CatalogueError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::JustFilled(_) => ErrorKind::Conflict,
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Enrolment(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::JustFilled(_) => "session-just-filled",
            Self::Storage(_) => "catalogue-storage-unavailable",
            Self::Enrolment(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Cette formation ou cette session n’est pas dans le catalogue.".to_owned(),
            Self::Invalid(_) => "Certaines valeurs sont à corriger.".to_owned(),
            Self::JustFilled(rank) => format!(
                "La dernière place vient d’être prise. Rien n’est perdu\u{202f}: envoyez de nouveau vos réponses pour entrer \
                 en liste d’attente, au rang {rank}."
            ),
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas\u{202f}: réessayez dans un instant.".to_owned()
            }
            Self::Enrolment(error) => error.detail(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Enrolment(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Enrolment(error) => error.blocking(),
            _ => Vec::new(),
        }
    }

    fn possible(&self) -> Vec<String> {
        match self {
            Self::Enrolment(error) => error.possible(),
            _ => Vec::new(),
        }
    }
}
