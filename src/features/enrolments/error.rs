//! What may be refused about an enrolment.

use sea_orm::DbErr;
use time::Date;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::keys::KeyError;

/// Why an act on an enrolment was refused.
#[derive(Debug, thiserror::Error)]
pub enum EnrolmentError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such enrolment or session, or not for this person.
    #[error("no such enrolment")]
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
    /// Nobody enrols in this session any more.
    #[error("the session takes nobody")]
    Closed,
    /// More people than were shown would wait now.
    #[error("{held} seats held, {waiting} would wait")]
    SeatsGone {
        /// How many would have a seat.
        held: u32,
        /// How many would wait.
        waiting: u32,
    },
    /// Something lacks for the step, told in French.
    #[error("{} lacks", .0.len())]
    Lacking(Vec<String>),
    /// What could be done until a day, and no longer.
    #[error("possible until {0}")]
    TooLate(Date),
    /// An individual contract binds one person: nobody takes their place.
    #[error("the contract is the person's")]
    Personal,
    /// The link is unknown, was used, or is too old.
    #[error("the link is over")]
    LinkOver,
    /// The address was confirmed before.
    #[error("already confirmed")]
    AlreadyConfirmed,
    /// The offer was answered, or its delay has passed.
    #[error("the offer is over")]
    OfferOver,
    /// The key of the installation cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The file cannot be written.
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
}

impl From<DbErr> for EnrolmentError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for EnrolmentError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for EnrolmentError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for EnrolmentError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound | Self::LinkOver => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_)
            | Self::Closed
            | Self::SeatsGone { .. }
            | Self::Lacking(_)
            | Self::TooLate(_)
            | Self::Personal
            | Self::AlreadyConfirmed
            | Self::OfferOver => ErrorKind::Conflict,
            Self::Key(_) | Self::Zip(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "enrolment-step",
            Self::Closed => "enrolment-closed",
            Self::SeatsGone { .. } => "enrolment-seats-gone",
            Self::Lacking(_) => "enrolment-lacking",
            Self::TooLate(_) => "enrolment-too-late",
            Self::Personal => "enrolment-personal",
            Self::LinkOver => "enrolment-link-over",
            Self::AlreadyConfirmed => "enrolment-already-confirmed",
            Self::OfferOver => "enrolment-offer-over",
            Self::Key(_) | Self::Zip(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::TooLate(day) => return labels::too_late(*day),
            Self::SeatsGone { held, waiting } => return labels::seats_gone(*held, *waiting),
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Cette inscription ou cette session n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => {
                "Cette inscription a changé depuis votre lecture. Relisez-la avant de recommencer."
            }
            Self::Step(_) => "L’état de cette inscription ne permet pas cette action.",
            Self::Closed => "Les inscriptions à cette session sont closes.",
            Self::Lacking(_) => "Il manque quelque chose pour cette étape. Rien n’a été changé.",
            Self::Personal => {
                "Un contrat individuel engage une seule personne\u{202f}: annulez l’inscription et inscrivez l’autre personne."
            }
            Self::LinkOver => "Ce lien ne fonctionne plus\u{202f}: demandez-en un nouveau.",
            Self::AlreadyConfirmed => "Cette inscription est déjà confirmée.",
            Self::OfferOver => "Cette place n’est plus proposée\u{202f}: le délai de réponse est passé.",
            Self::Key(_) | Self::Zip(_) => INTERNAL_DETAIL,
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
            Self::Lacking(reasons) => reasons.clone(),
            _ => Vec::new(),
        }
    }
}
