//! What may be refused about a setting.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};

/// Why a setting was not changed.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No setting of that name.
    #[error("no such setting")]
    NotFound,
    /// The value breaks rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
}

impl From<DbErr> for SettingError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for SettingError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for SettingError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::NotFound => "Ce paramètre n’existe pas.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Ce paramètre a changé depuis votre lecture. Relisez-le avant de recommencer.",
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
