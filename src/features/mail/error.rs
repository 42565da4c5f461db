//! What may be refused about a mail.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind};

/// Why a mail was not shown or not sent again.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such mail, or not for this person.
    #[error("no such mail")]
    NotFound,
    /// No template of that name.
    #[error("no such template")]
    NoTemplate,
    /// It did not fail.
    #[error("the mail did not fail")]
    NotFailed,
}

impl From<DbErr> for MailError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for MailError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for MailError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound | Self::NoTemplate => ErrorKind::NotFound,
            Self::NotFailed => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound | Self::NoTemplate => "not-found",
            Self::NotFailed => "mail-not-failed",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Ce courriel n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::NoTemplate => "Ce modèle n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::NotFailed => "Seul un courriel en échec peut être relancé.".to_owned(),
        }
    }
}
