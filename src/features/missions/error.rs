//! What may be refused about a mission.

use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use super::state::offer::InvalidOfferStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::agreements::AgreementError;
use crate::features::availability::engagements::{Clash, HoldError};
use crate::features::availability::{AvailabilityError, labels as words_of_time};
use crate::features::meetings::MeetingError;
use crate::features::ties::TieError;
use crate::import::TableError;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why an act on a mission was refused.
#[derive(Debug, thiserror::Error)]
pub enum MissionError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such mission, or not for this person.
    #[error("no such mission")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The person may not hold it: each reason in words.
    #[error("not entitled")]
    NotEntitled(Vec<String>),
    /// A tie calls for attention: the mission passes with a written reason.
    #[error("a warning without a reason")]
    Warned(Vec<String>),
    /// The person already has another engagement on that half-day.
    #[error("double booking")]
    DoubleBooked(Clash),
    /// The offer is over: answered, too late, or given to someone else.
    #[error("the offer is over")]
    OfferOver,
    /// The mission is that of a member of this jury, where somebody else is chosen.
    #[error("the mission of a member of {0}")]
    OfJury(String),
    /// A step of the path to an habilitation rests on the mission.
    #[error("a step of a path rests on the mission")]
    RestedOn,
    /// The claim of this mission does not wait for this.
    #[error("the claim of {0} is in another state")]
    ClaimState(String),
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// A file of past missions cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// A list cannot be written.
    #[error(transparent)]
    Export(#[from] csv::Error),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// An act of another part, done with this one, was refused.
    #[error("{0}")]
    Elsewhere(Box<dyn DomainError + Send + Sync>),
}

impl From<DbErr> for MissionError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<InvalidOfferStep> for MissionError {
    fn from(_: InvalidOfferStep) -> Self {
        Self::OfferOver
    }
}

impl From<ReceiveError> for MissionError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Storage(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl From<HoldError> for MissionError {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Below(error) => Self::Below(error),
            HoldError::Taken(clash) => Self::DoubleBooked(clash),
        }
    }
}

impl From<AvailabilityError> for MissionError {
    fn from(error: AvailabilityError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<AgreementError> for MissionError {
    fn from(error: AgreementError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<MeetingError> for MissionError {
    fn from(error: MeetingError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<Denied> for MissionError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<TieError> for MissionError {
    fn from(error: TieError) -> Self {
        match error {
            TieError::Below(error) => Self::Below(error),
            TieError::Invalid(faults) => Self::Invalid(faults),
            _ => Self::NotFound,
        }
    }
}

impl From<Vec<Fault>> for MissionError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl MissionError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl DomainError for MissionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Step(_)
            | Self::NotEntitled(_)
            | Self::Warned(_)
            | Self::DoubleBooked(_)
            | Self::OfferOver
            | Self::OfJury(_)
            | Self::RestedOn
            | Self::ClaimState(_) => ErrorKind::Conflict,
            Self::Stale => ErrorKind::Stale,
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Content(error) => error.kind(),
            Self::Elsewhere(error) => error.kind(),
            Self::File(error) => error.kind(),
            Self::Export(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Step(_) => "mission-wrong-state",
            Self::Stale => "stale",
            Self::NotEntitled(_) => "mission-not-entitled",
            Self::Warned(_) => "mission-warning",
            Self::DoubleBooked(_) => "mission-double-booking",
            Self::OfferOver => "mission-offer-over",
            Self::OfJury(_) => "mission-of-jury",
            Self::RestedOn => "mission-rested-on",
            Self::ClaimState(_) => "mission-claim-state",
            Self::Content(error) => error.code(),
            Self::Elsewhere(error) => error.code(),
            Self::File(error) => error.code(),
            Self::Storage(_) => "mission-storage-unavailable",
            Self::Export(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Step(step) => return labels::faults::wrong_state(step.from),
            Self::Content(error) => return error.message(),
            Self::Elsewhere(error) => return error.detail(),
            Self::File(error) => return error.detail(),
            Self::OfJury(number) => {
                return format!(
                    "Cette mission est celle d’un membre du jury {number}\u{202f}: choisissez la personne suivante depuis la composition du jury."
                );
            }
            Self::ClaimState(number) => {
                return format!(
                    "L’état de frais de la mission {number} n’attend pas cela\u{202f}: relisez sa page."
                );
            }
            Self::DoubleBooked(clash) => return words_of_time::clash(clash),
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Cette mission n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette mission a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::NotEntitled(_) => "Cette mission ne peut pas être confiée à cette personne.",
            Self::Warned(_) => "Un point appelle votre attention\u{202f}: écrivez pourquoi la mission est tout de même confiée à cette personne.",
            Self::RestedOn => "Une étape du parcours d’habilitation repose sur cette mission\u{202f}: elle ne peut pas redevenir une mission à faire.",
            Self::OfferOver => "Cette proposition n’attend plus de réponse. Rien n’a été changé.",
            Self::Storage(_) => "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant.",
            Self::Export(_) => crate::error::INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            Self::Elsewhere(error) => error.faults(),
            Self::File(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::NotEntitled(reasons) | Self::Warned(reasons) => reasons.clone(),
            Self::Elsewhere(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
