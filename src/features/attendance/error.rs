//! What may be refused about attendance.

use sea_orm::DbErr;
use time::OffsetDateTime;

use super::labels;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::features::enrolments::EnrolmentError;
use crate::keys::KeyError;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why an act on attendance was refused.
#[derive(Debug, thiserror::Error)]
pub enum AttendanceError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// The enrolment refuses it.
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    /// No such session, half-day or person, or not for this one.
    #[error("no such half-day")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The session is not held: not confirmed yet, closed, cancelled.
    #[error("the session is not held now")]
    Session,
    /// The half-day is not signed yet.
    #[error("too early")]
    TooEarly {
        /// From when it is.
        opens: OffsetDateTime,
        /// Where it is held.
        zone: String,
    },
    /// The half-day is not signed any more.
    #[error("too late")]
    TooLate {
        /// Until when it was.
        closed: OffsetDateTime,
        /// Where it is held.
        zone: String,
    },
    /// The enrolment of this person does not let them come.
    #[error("not expected")]
    NotExpected,
    /// They signed already.
    #[error("already signed")]
    AlreadySigned,
    /// The square code of the room is over.
    #[error("the room is closed")]
    RoomOver,
    /// The half-day was countersigned: a presence is then corrected, with a reason.
    #[error("already countersigned")]
    Countersigned,
    /// People of whom nothing is known, by name.
    #[error("{} people are unknown", .0.len())]
    Unknown(Vec<String>),
    /// People whose remote sequence nothing proves, by name.
    #[error("{} sequences are not proved", .0.len())]
    Unproved(Vec<String>),
    /// The key of the installation cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StorageError),
}

impl AttendanceError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for AttendanceError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for AttendanceError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for AttendanceError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<ReceiveError> for AttendanceError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Store(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl DomainError for AttendanceError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::Enrolment(error) => error.kind(),
            Self::NotFound | Self::RoomOver => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Session
            | Self::TooEarly { .. }
            | Self::TooLate { .. }
            | Self::NotExpected
            | Self::AlreadySigned
            | Self::Countersigned
            | Self::Unknown(_)
            | Self::Unproved(_) => ErrorKind::Conflict,
            Self::Content(error) => error.kind(),
            Self::Store(_) => ErrorKind::Unavailable,
            Self::Key(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::Enrolment(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Session => "attendance-session",
            Self::TooEarly { .. } => "attendance-too-early",
            Self::TooLate { .. } => "attendance-too-late",
            Self::NotExpected => "attendance-not-expected",
            Self::AlreadySigned => "attendance-already-signed",
            Self::RoomOver => "attendance-room-over",
            Self::Countersigned => "attendance-countersigned",
            Self::Unknown(_) => "attendance-unknown",
            Self::Unproved(_) => "attendance-unproved",
            Self::Content(error) => error.code(),
            Self::Store(_) => "attendance-store",
            Self::Key(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Enrolment(error) => return error.detail(),
            Self::Content(error) => return error.message(),
            Self::TooEarly { opens, zone } => return labels::too_early(*opens, zone),
            Self::TooLate { closed, zone } => return labels::too_late(*closed, zone),
            Self::NotFound => "Cette session ou cette demi-journée n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette présence a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Session => {
                "La session n’est pas confirmée, ou elle est close\u{202f}: rien ne s’y signe pour le moment."
            }
            Self::NotExpected => {
                "L’inscription de cette personne n’est pas confirmée, ou elle a pris fin. Prévenez la formatrice ou le formateur."
            }
            Self::AlreadySigned => "Cette demi-journée est déjà signée.",
            Self::RoomOver => {
                "Ce code n’est plus affiché dans la salle. Scannez celui qui y est affiché maintenant."
            }
            Self::Countersigned => {
                "Cette demi-journée est déjà contresignée\u{202f}: une présence s’y corrige, avec un motif."
            }
            Self::Unknown(_) => "La présence de ces personnes n’est pas encore connue.",
            Self::Unproved(_) => "Rien ne prouve encore la séquence à distance de ces personnes.",
            Self::Store(_) => "Le dépôt des fichiers ne répond pas. Réessayez dans un instant.",
            Self::Key(_) => INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Enrolment(error) => error.faults(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Unknown(people) | Self::Unproved(people) => people.clone(),
            _ => Vec::new(),
        }
    }
}
