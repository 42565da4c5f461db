//! What may be refused about notifications.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::keys::KeyError;

/// Why an act on notifications was refused.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// The key of the installation cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No such account, or a link that we did not make.
    #[error("no such notice")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Changed meanwhile.
    #[error("stale version")]
    Stale,
}

impl From<DbErr> for NoticeError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for NoticeError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for NoticeError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for NoticeError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::Key(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::Key(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Key(error) => return error.detail(),
            Self::NotFound => "Ce lien ne fonctionne pas. Réglez vos messages depuis votre compte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => {
                "Ces préférences ont changé depuis votre lecture. Relisez-les avant de recommencer."
            }
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            _ => Vec::new(),
        }
    }
}
