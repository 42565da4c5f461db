//! What may be refused about the figures of juries.

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind};

/// Why figures were not given.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// The file could not be written.
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
}

impl From<Denied> for FiguresError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for FiguresError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::Csv(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::Csv(_) => "jury-figures-not-written",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::Csv(_) => crate::error::INTERNAL_DETAIL.to_owned(),
        }
    }
}
