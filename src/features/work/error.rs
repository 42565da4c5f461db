//! What may be refused about work that failed.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind};

/// Why a document was not ordered again.
#[derive(Debug, thiserror::Error)]
pub enum RedoError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such document, or not for this person.
    #[error("no such document")]
    NotFound,
    /// It did not fail.
    #[error("the document did not fail")]
    NotFailed,
}

impl From<DbErr> for RedoError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for RedoError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for RedoError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::NotFailed => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::NotFailed => "document-not-failed",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Ce document n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::NotFailed => "Ce document n’est pas, ou n’est plus, à refaire.".to_owned(),
        }
    }
}
