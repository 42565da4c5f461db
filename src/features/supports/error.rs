//! What may be refused about a teaching support.

use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::missions::MissionError;

/// Why an act on a teaching support was refused.
#[derive(Debug, thiserror::Error)]
pub enum SupportError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such support, or not for this person.
    #[error("no such teaching support")]
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
    /// The state allows it, but something is missing.
    #[error("something is missing: {code}")]
    Blocked {
        /// Stable code.
        code: &'static str,
        /// French sentence.
        detail: String,
    },
    /// What the mission of the support refuses.
    #[error(transparent)]
    Mission(#[from] MissionError),
}

impl SupportError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }

    /// A refusal that says what is missing.
    pub fn blocked(code: &'static str, detail: impl Into<String>) -> Self {
        Self::Blocked { code, detail: detail.into() }
    }
}

impl From<DbErr> for SupportError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for SupportError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl DomainError for SupportError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::Blocked { .. } => ErrorKind::Conflict,
            Self::Mission(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "teaching-support-wrong-state",
            Self::Blocked { code, .. } => code,
            Self::Mission(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Cet appui n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::Invalid(faults) if faults.len() == 1 => faults[0].message.clone(),
            Self::Invalid(faults) => {
                format!("{} points sont à corriger. Rien n’a été enregistré.", faults.len())
            }
            Self::Stale => {
                "Cet appui a changé depuis que vous l’avez ouvert. Relisez-le avant de réessayer.".to_owned()
            }
            Self::Step(step) => labels::wrong_state(step.from),
            Self::Blocked { detail, .. } => detail.clone(),
            Self::Mission(error) => error.detail(),
        }
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
            Self::Step(refused) => vec![labels::wanted_states(refused.step)],
            Self::Mission(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
