//! What may be refused about an expert.

use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::rights::RightError;
use crate::import::TableError;
use crate::rules::right::Span;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why an act on an expert was refused.
#[derive(Debug, thiserror::Error)]
pub enum ExpertError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such expert, or not for this person.
    #[error("no such expert")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The same duty on the same certification already covers some of these days.
    #[error("overlapping habilitation")]
    Overlap {
        /// The days asked for.
        asked: Span,
        /// The days of the other; none when it was written at the same instant.
        known: Option<Span>,
    },
    /// A file for the same duty is already open.
    #[error("a file is already open")]
    AlreadyOpen,
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// The state allows it, but something is missing.
    #[error("something is missing: {code}")]
    Blocked {
        /// Stable code.
        code: &'static str,
        /// French sentence.
        detail: &'static str,
        /// What is missing, in French.
        blocking: Vec<String>,
    },
    /// Whoever asked for a withdrawal may not confirm it.
    #[error("the same person confirms")]
    SamePerson,
    /// The engine of rights refuses.
    #[error(transparent)]
    Right(RightError),
    /// The file of a piece is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl ExpertError {
    /// A refusal that says what is missing.
    #[must_use]
    pub fn blocked(code: &'static str, detail: &'static str, blocking: Vec<String>) -> Self {
        Self::Blocked { code, detail, blocking }
    }
}

impl From<DbErr> for ExpertError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for ExpertError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for ExpertError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<ReceiveError> for ExpertError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Storage(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl From<RightError> for ExpertError {
    fn from(error: RightError) -> Self {
        match error {
            RightError::Below(error) => Self::Below(error),
            RightError::Overlap { asked, known, .. } => Self::Overlap { asked, known },
            other => Self::Right(other),
        }
    }
}

impl DomainError for ExpertError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) | Self::File(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Overlap { .. }
            | Self::AlreadyOpen
            | Self::Step(_)
            | Self::Blocked { .. }
            | Self::SamePerson => ErrorKind::Conflict,
            Self::Right(error) => error.kind(),
            Self::Content(error) => error.kind(),
            Self::Storage(_) => ErrorKind::Unavailable,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::File(error) => error.code(),
            Self::Stale => "stale",
            Self::Overlap { .. } => "habilitation-overlap",
            Self::AlreadyOpen => "habilitation-already-open",
            Self::Step(_) => "habilitation-wrong-state",
            Self::Blocked { code, .. } => code,
            Self::SamePerson => "habilitation-same-person",
            Self::Right(error) => error.code(),
            Self::Content(error) => error.code(),
            Self::Storage(_) => "habilitation-storage-unavailable",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::File(error) => return error.detail(),
            Self::Content(error) => return error.message(),
            Self::NotFound => "Cette personne n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette fiche a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Overlap { asked, known } => {
                let known = known.map(|known| format!(", {known}")).unwrap_or_default();
                return format!(
                    "Une habilitation pour la même fonction et la même certification est déjà enregistrée{known}. La période demandée, {asked}, la recoupe."
                );
            }
            Self::AlreadyOpen => {
                "Un dossier est déjà ouvert, ou une habilitation est en cours, pour cette fonction et cette certification."
            }
            Self::Step(step) => return labels::wrong_state(step.from),
            Self::Blocked { detail, .. } => *detail,
            Self::SamePerson => {
                "Vous avez demandé ce retrait\u{202f}: une autre personne doit le confirmer. Rien n’a changé."
            }
            Self::Right(error) => return error.detail(),
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas. Réessayez dans un instant."
            }
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::File(error) => error.faults(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            Self::Overlap { .. } => vec![Fault::new("/starts_on", "overlap", self.detail())],
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Blocked { blocking, .. } => blocking.clone(),
            _ => Vec::new(),
        }
    }
}
