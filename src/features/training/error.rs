//! What may be refused about a training session or a room.

use entity::availability_day::HalfDay;
use sea_orm::DbErr;
use time::Date;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};

/// Why an act was refused.
#[derive(Debug, thiserror::Error)]
pub enum TrainingError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such session or room, or not for this person.
    #[error("no such session")]
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
    /// The state lets nothing of this kind change any more.
    #[error("too late to change")]
    Fixed,
    /// What lacks, each in words.
    #[error("something lacks")]
    Lacking(Vec<String>),
    /// It has begun, or has not yet.
    #[error("not at this time")]
    WrongTime {
        /// Whether it has not.
        early: bool,
    },
    /// Another session has the room.
    #[error("the room is taken")]
    RoomTaken {
        /// Name of the room.
        room: String,
        /// The day.
        day: Date,
        /// Which half of it.
        half: HalfDay,
        /// Number of the other session; none when both were taken at the same instant.
        with: Option<String>,
    },
    /// The person is engaged elsewhere.
    #[error("the trainer is taken")]
    TrainerTaken {
        /// Their name.
        name: String,
        /// The day.
        day: Date,
        /// Which half of it.
        half: HalfDay,
        /// To what, in words; none when both were taken at the same instant.
        with: Option<String>,
    },
    /// The person does not hold the right that the programme asks for; the days, in words.
    #[error("no right on the day")]
    NoRight(Vec<String>),
    /// The file cannot be written.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
}

impl TrainingError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for TrainingError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for TrainingError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for TrainingError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for TrainingError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_)
            | Self::Fixed
            | Self::Lacking(_)
            | Self::WrongTime { .. }
            | Self::RoomTaken { .. }
            | Self::TrainerTaken { .. }
            | Self::NoRight(_) => ErrorKind::Conflict,
            Self::Zip(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "training-step",
            Self::Fixed => "training-fixed",
            Self::Lacking(_) => "training-lacking",
            Self::WrongTime { .. } => "training-time",
            Self::RoomTaken { .. } => "training-room-taken",
            Self::TrainerTaken { .. } => "training-trainer-taken",
            Self::NoRight(_) => "training-no-right",
            Self::Zip(_) => "training-not-written",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Step(step) => return labels::faults::wrong_state(step.from),
            Self::RoomTaken { room, day, half, with } => {
                return labels::faults::room_taken(room, *day, *half, with.as_deref());
            }
            Self::TrainerTaken { name, day, half, with } => {
                return labels::faults::trainer_taken(name, *day, *half, with.as_deref());
            }
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Cette session ou cette salle n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette session a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Fixed => "L’état de cette session ne permet plus ce changement.",
            Self::Lacking(_) => "Il manque encore quelque chose à cette session.",
            Self::WrongTime { early: true } => "La session n’en est pas encore là.",
            Self::WrongTime { early: false } => "La session a déjà commencé.",
            Self::NoRight(_) => {
                "Cette personne n’a pas, ces jours-là, l’habilitation que la formation demande."
            }
            Self::Zip(_) => crate::error::INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(reasons) | Self::NoRight(reasons) => reasons.clone(),
            _ => Vec::new(),
        }
    }
}
