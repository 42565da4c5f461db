//! What may be refused about a survey.

use sea_orm::DbErr;

use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::keys::KeyError;

/// Why an act on a survey was refused.
#[derive(Debug, thiserror::Error)]
pub enum SurveyError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such survey, or not for this person.
    #[error("no such survey")]
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
    /// The link is unknown.
    #[error("no such link")]
    LinkUnknown,
    /// The survey is over, or was answered by this link, or the person does not wish to be asked.
    #[error("nothing to answer any more")]
    Over,
    /// Everybody answered, or does not wish to be asked.
    #[error("nobody to remind")]
    Nobody,
    /// The key of the installation cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl From<DbErr> for SurveyError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for SurveyError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for SurveyError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for SurveyError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound | Self::LinkUnknown => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::Over | Self::Nobody => ErrorKind::Conflict,
            Self::Key(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "survey-step",
            Self::LinkUnknown => "survey-link-unknown",
            Self::Over => "survey-over",
            Self::Nobody => "survey-nobody",
            Self::Key(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::NotFound => "Cette enquête n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette enquête a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Step(_) => "L’état de cette enquête ne permet pas cette action.",
            Self::LinkUnknown => "Ce lien ne mène à aucune enquête.",
            Self::Over => "Cette enquête est close, ou vous y avez déjà répondu. Merci.",
            Self::Nobody => {
                "Il n’y a personne à relancer\u{202f}: tout le monde a répondu ou ne le souhaite pas."
            }
            Self::Key(_) => INTERNAL_DETAIL,
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
