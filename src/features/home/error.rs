//! What may be refused about the figures, and about sharing out the tasks.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::import::TableError;

/// Why figures were not written or given.
#[derive(Debug, thiserror::Error)]
pub enum HomeError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// Lines that break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// A file that cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// The file could not be written.
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
}

impl From<DbErr> for HomeError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for HomeError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for HomeError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::Invalid(_) | Self::File(_) => ErrorKind::Invalid,
            Self::Csv(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::Invalid(_) => "figures-invalid",
            Self::File(error) => error.code(),
            Self::Csv(_) => "figures-not-written",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::Invalid(_) => "Certaines lignes sont à corriger.".to_owned(),
            Self::File(error) => error.detail(),
            Self::Csv(_) => crate::error::INTERNAL_DETAIL.to_owned(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::File(error) => error.faults(),
            _ => Vec::new(),
        }
    }
}

/// Why a task was not taken, handed over or postponed.
#[derive(Debug, thiserror::Error)]
pub enum FollowError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such task, or none any more, or not for this person.
    #[error("no such task")]
    NotFound,
    /// Somebody said something of it since it was read.
    #[error("the task changed since")]
    Stale,
    /// Values that break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Somebody has it.
    #[error("the task is taken")]
    Taken,
    /// Nobody has it.
    #[error("the task is not taken")]
    Free,
    /// It is not put off.
    #[error("the task is not postponed")]
    NotPostponed,
    /// Its deadline has come.
    #[error("the deadline of the task has come")]
    Due,
}

impl From<DbErr> for FollowError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for FollowError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for FollowError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Stale => ErrorKind::Stale,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Taken | Self::Free | Self::NotPostponed | Self::Due => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Stale => "stale",
            Self::Invalid(_) => "invalid",
            Self::Taken => "task-taken",
            Self::Free => "task-free",
            Self::NotPostponed => "task-not-postponed",
            Self::Due => "task-due",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Cette action n’est plus à faire, ou ne vous est pas ouverte.".to_owned(),
            Self::Stale => "Cette action a changé de mains ou de date entre-temps. Rouvrez-la.".to_owned(),
            Self::Invalid(_) => "Certaines valeurs sont à corriger.".to_owned(),
            Self::Taken => {
                "Quelqu’un a déjà pris cette action. Transmettez-la plutôt à une autre personne.".to_owned()
            }
            Self::Free => "Personne n’a pris cette action\u{202f}: vous pouvez la prendre ou la transmettre.".to_owned(),
            Self::NotPostponed => "Cette action n’est pas reportée\u{202f}: elle est déjà dans la liste.".to_owned(),
            Self::Due => {
                "Son échéance est arrivée\u{202f}: cette action ne peut plus être reportée. Faites-la, ou confiez-la.".to_owned()
            }
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            _ => Vec::new(),
        }
    }
}
