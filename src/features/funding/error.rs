//! What may be refused about fundings.

use entity::funding_piece::FundingPieceKind;
use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::enrolments::EnrolmentError;

/// Why an act on a funding was refused.
#[derive(Debug, thiserror::Error)]
pub enum FundingError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such funding, enrolment or piece, or not for this one.
    #[error("not found")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The state does not allow it.
    #[error("{0}")]
    Step(InvalidStep),
    /// The funder agreed, or it is over: its scheme no longer changes, or no piece goes to it.
    #[error("frozen")]
    Frozen,
    /// Nobody is funded any more: the enrolment ended before the training.
    #[error("the enrolment is over")]
    EnrolmentOver,
    /// Pieces that are due and that were not sent.
    #[error("{} pieces lack", .0.len())]
    Lacking(Vec<FundingPieceKind>),
    /// An enrolment refused.
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
}

impl FundingError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for FundingError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for FundingError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for FundingError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<InvalidStep> for FundingError {
    fn from(step: InvalidStep) -> Self {
        Self::Step(step)
    }
}

impl DomainError for FundingError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::Frozen | Self::EnrolmentOver | Self::Lacking(_) => ErrorKind::Conflict,
            Self::Enrolment(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "funding-step",
            Self::Frozen => "funding-frozen",
            Self::EnrolmentOver => "funding-enrolment-over",
            Self::Lacking(_) => "funding-lacking",
            Self::Enrolment(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Enrolment(error) => return error.detail(),
            Self::NotFound => "Ce financement n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Ce financement a changé depuis votre lecture. Relisez-le avant de recommencer.",
            Self::Step(_) => "L’état de ce financement ne permet pas cette action.",
            Self::Frozen => {
                "Le financeur a répondu, ou le financement est terminé\u{202f}: revenez d’abord à l’état précédent."
            }
            Self::EnrolmentOver => "Cette inscription a pris fin avant la formation\u{202f}: rien n’est à financer.",
            Self::Lacking(_) => {
                "Des pièces attendues par le financeur n’ont pas été envoyées. Rien n’a été enregistré."
            }
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Enrolment(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(pieces) => pieces.iter().map(|piece| labels::piece(*piece).to_owned()).collect(),
            Self::Enrolment(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
