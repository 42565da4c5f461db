//! What may be refused about the figures.

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
