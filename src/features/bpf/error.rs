//! What may be refused about the inputs of the BPF.

use sea_orm::DbErr;

use super::labels;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};

/// Why figures were not given.
#[derive(Debug, thiserror::Error)]
pub enum BpfError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// A year that has not begun, or a line that is none.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The file could not be written.
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
}

impl BpfError {
    /// The year is none of the accounts.
    #[must_use]
    pub fn no_such_year() -> Self {
        Self::Invalid(vec![Fault::new("/year", "out-of-range", labels::YEAR_WANTED)])
    }

    /// The line is none of the frames.
    #[must_use]
    pub fn no_such_line() -> Self {
        Self::Invalid(vec![Fault::new("/key", "unknown", labels::LINE_WANTED)])
    }
}

impl From<DbErr> for BpfError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for BpfError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for BpfError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Csv(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::Invalid(_) => "invalid",
            Self::Csv(_) => "bpf-not-written",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::Invalid(_) => "Certaines valeurs sont à corriger.".to_owned(),
            Self::Csv(_) => crate::error::INTERNAL_DETAIL.to_owned(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Below(_) | Self::Csv(_) => Vec::new(),
        }
    }
}
