//! What may be refused about a meeting.

use sea_orm::DbErr;

use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::render::pdf::PdfError;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::issued::TypesetError;
use crate::storage::receive::ReceiveError;

/// Why an act on a meeting was refused.
#[derive(Debug, thiserror::Error)]
pub enum MeetingError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such meeting, or not for this person.
    #[error("no such meeting")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// Nobody is entitled on the day.
    #[error("nobody to invite")]
    Nobody,
    /// Nobody is recorded as having been there.
    #[error("nobody was there")]
    NobodyPresent,
    /// The meeting has not begun, or has begun already.
    #[error("not at this time")]
    WrongTime {
        /// Whether it has not begun.
        early: bool,
    },
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StorageError),
    /// A document cannot be typeset.
    #[error(transparent)]
    Pdf(#[from] PdfError),
}

impl MeetingError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for MeetingError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for MeetingError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for MeetingError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<ReceiveError> for MeetingError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Store(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl From<TypesetError> for MeetingError {
    fn from(error: TypesetError) -> Self {
        match error {
            TypesetError::Pdf(error) => Self::Pdf(error),
            TypesetError::Storage(error) => Self::Store(error),
        }
    }
}

impl DomainError for MeetingError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::Nobody | Self::NobodyPresent | Self::WrongTime { .. } => {
                ErrorKind::Conflict
            }
            Self::Content(error) => error.kind(),
            Self::Store(_) => ErrorKind::Unavailable,
            Self::Pdf(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "meeting-step",
            Self::Nobody => "meeting-nobody",
            Self::NobodyPresent => "meeting-nobody-present",
            Self::WrongTime { .. } => "meeting-time",
            Self::Content(error) => error.code(),
            Self::Store(_) => "meeting-store",
            Self::Pdf(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Content(error) => return error.message(),
            Self::NotFound => "Cette réunion n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette réunion a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Step(_) => "L’état de cette réunion ne permet pas cette action.",
            Self::Nobody => {
                "Aucune habilitation de ce métier n’est valide ce jour-là\u{202f}: il n’y a personne à inviter."
            }
            Self::NobodyPresent => {
                "Personne n’est noté présent\u{202f}: enregistrez d’abord les présences."
            }
            Self::WrongTime { early: true } => "La réunion n’a pas encore commencé.",
            Self::WrongTime { early: false } => "La réunion a déjà commencé.",
            Self::Pdf(_) => crate::error::INTERNAL_DETAIL,
            Self::Store(_) => "Le dépôt des fichiers ne répond pas. Réessayez dans un instant.",
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            _ => Vec::new(),
        }
    }
}
