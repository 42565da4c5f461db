//! What may be refused about the composition of a jury.

use entity::jury_member::Seat;
use sea_orm::DbErr;

use super::labels;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::experts::ExpertError;
use crate::features::missions::MissionError;

/// Why an act on the people of a jury was refused.
#[derive(Debug, thiserror::Error)]
pub enum PanelError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such session, member or person, or not for this person.
    #[error("no such panel")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The session has no date yet.
    #[error("no date")]
    NoDate,
    /// The session is in a state in which its members do not change.
    #[error("closed to changes")]
    Closed,
    /// Every seat of that kind is taken.
    #[error("no {0} seat left")]
    Full(Seat),
    /// The person may not sit: each reason in words.
    #[error("not impartial or not free")]
    Refused(Vec<String>),
    /// The person may sit for a written reason.
    #[error("a warning without a reason")]
    Warned(Vec<String>),
    /// The person already sits for that college.
    #[error("already seated")]
    AlreadySeated,
    /// The end of this seat is recorded.
    #[error("seat over")]
    SeatOver,
    /// The mission was refused.
    #[error(transparent)]
    Mission(#[from] MissionError),
    /// The file could not be written.
    #[error("csv: {0}")]
    Csv(#[from] csv::Error),
}

impl PanelError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for PanelError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for PanelError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for PanelError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<ExpertError> for PanelError {
    fn from(error: ExpertError) -> Self {
        match error {
            ExpertError::Below(error) => Self::Below(error),
            _ => Self::NotFound,
        }
    }
}

impl DomainError for PanelError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::NoDate
            | Self::Closed
            | Self::Full(_)
            | Self::Refused(_)
            | Self::Warned(_)
            | Self::AlreadySeated
            | Self::SeatOver => ErrorKind::Conflict,
            Self::Mission(error) => error.kind(),
            Self::Csv(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::NoDate => "jury-panel-no-date",
            Self::Closed => "jury-panel-closed",
            Self::Full(_) => "jury-panel-full",
            Self::Refused(_) => "jury-panel-refused",
            Self::Warned(_) => "jury-panel-warning",
            Self::AlreadySeated => "college-seat-running",
            Self::SeatOver => "college-seat-over",
            Self::Mission(error) => error.code(),
            Self::Csv(_) => "jury-plan-not-written",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Mission(error) => return error.detail(),
            Self::Full(seat) => return labels::full(*seat),
            Self::Csv(_) => crate::error::INTERNAL_DETAIL,
            Self::NotFound => "Cette page ou cet objet n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "La composition de ce jury a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::NoDate => "Ce jury n’a pas encore de date\u{202f}: fixez-la avant de choisir qui y siège.",
            Self::Closed => "L’état de ce jury ne permet plus de changer sa composition.",
            Self::Refused(_) => "Cette personne ne peut pas siéger dans ce jury.",
            Self::Warned(_) => "Un point appelle votre attention\u{202f}: écrivez pourquoi cette personne siège tout de même.",
            Self::AlreadySeated => "Cette personne siège déjà pour ce collège. Indiquez la fin de ce siège avant d’en enregistrer un autre.",
            Self::SeatOver => "La fin de ce siège est déjà enregistrée.",
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Mission(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Refused(reasons) | Self::Warned(reasons) => reasons.clone(),
            Self::Mission(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
