//! What may be refused about an inspection.

use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use super::state::action::InvalidActionStep;
use super::state::draw::InvalidDrawStep;
use super::state::gap::InvalidGapStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::agreements::AgreementError;
use crate::features::missions::MissionError;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why an act on an inspection was refused.
#[derive(Debug, thiserror::Error)]
pub enum InspectionError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such inspection, or not for this person.
    #[error("no such inspection")]
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
    /// The state of a gap does not allow it.
    #[error(transparent)]
    Gap(#[from] InvalidGapStep),
    /// The state of an answer does not allow it.
    #[error(transparent)]
    Action(#[from] InvalidActionStep),
    /// The state of a draw does not allow it.
    #[error(transparent)]
    Draw(#[from] InvalidDrawStep),
    /// The state allows it, but something is missing.
    #[error("something is missing: {code}")]
    Blocked {
        /// Stable code.
        code: &'static str,
        /// French sentence.
        detail: String,
        /// What is missing, in French.
        blocking: Vec<String>,
    },
    /// What the agreement desk refuses.
    #[error(transparent)]
    Agreement(#[from] AgreementError),
    /// What the desk of missions refuses.
    #[error(transparent)]
    Mission(#[from] MissionError),
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StorageError),
}

impl InspectionError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }

    /// A refusal that says what is missing.
    pub fn blocked(code: &'static str, detail: impl Into<String>, blocking: Vec<String>) -> Self {
        Self::Blocked { code, detail: detail.into(), blocking }
    }
}

impl From<DbErr> for InspectionError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Vec<Fault>> for InspectionError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<Denied> for InspectionError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<ReceiveError> for InspectionError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Store(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl DomainError for InspectionError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::Gap(_) | Self::Action(_) | Self::Draw(_) | Self::Blocked { .. } => {
                ErrorKind::Conflict
            }
            Self::Agreement(error) => error.kind(),
            Self::Mission(error) => error.kind(),
            Self::Content(error) => error.kind(),
            Self::Store(_) => ErrorKind::Unavailable,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "inspection-wrong-state",
            Self::Gap(_) => "nonconformity-wrong-state",
            Self::Action(_) => "corrective-action-wrong-state",
            Self::Draw(_) => "draw-wrong-state",
            Self::Blocked { code, .. } => code,
            Self::Agreement(error) => error.code(),
            Self::Mission(error) => error.code(),
            Self::Content(error) => error.code(),
            Self::Store(_) => "inspection-store",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Ce contrôle n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::Invalid(faults) if faults.len() == 1 => faults[0].message.clone(),
            Self::Invalid(faults) => {
                format!("{} points sont à corriger. Rien n’a été enregistré.", faults.len())
            }
            Self::Stale => {
                "Ce contrôle a changé depuis que vous l’avez ouvert. Relisez-le avant de réessayer.".to_owned()
            }
            Self::Step(step) => labels::steps::wrong_state(step.from),
            Self::Gap(_) => "L’état de cet écart ne permet pas cette action.".to_owned(),
            Self::Action(_) => "L’état de cette réponse ne permet pas cette action.".to_owned(),
            Self::Draw(step) => labels::steps::wrong_draw_state(step.from),
            Self::Blocked { detail, .. } => detail.clone(),
            Self::Agreement(error) => error.detail(),
            Self::Mission(error) => error.detail(),
            Self::Content(error) => error.message(),
            Self::Store(_) => {
                "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant."
                    .to_owned()
            }
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Agreement(error) => error.faults(),
            Self::Mission(error) => error.faults(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Blocked { blocking, .. } => blocking.clone(),
            Self::Step(refused) => vec![labels::steps::wanted_states(refused.step)],
            Self::Agreement(error) => error.blocking(),
            Self::Mission(error) => error.blocking(),
            _ => Vec::new(),
        }
    }

    fn possible(&self) -> Vec<String> {
        match self {
            Self::Step(refused) => labels::steps::possible_steps(refused.from),
            _ => Vec::new(),
        }
    }
}
