//! What may be refused about the time of an expert.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::import::TableError;

/// Why an act on the time of an expert was refused.
#[derive(Debug, thiserror::Error)]
pub enum AvailabilityError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such expert, absence or habit, or not for this person.
    #[error("no such availability")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// It is over, and what is past no longer changes.
    #[error("in the past")]
    Over,
}

impl From<DbErr> for AvailabilityError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for AvailabilityError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for AvailabilityError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for AvailabilityError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) | Self::File(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Over => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::File(error) => error.code(),
            Self::Stale => "stale",
            Self::Over => "availability-over",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::File(error) => return error.detail(),
            Self::NotFound => "Ces disponibilités n’existent pas, ou ne vous sont pas ouvertes.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => {
                "Ces disponibilités ont changé depuis votre lecture. Relisez-les avant de recommencer."
            }
            Self::Over => "Cette période est terminée\u{202f}: ce qui est passé ne change plus.",
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
}
