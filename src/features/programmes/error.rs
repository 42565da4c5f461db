//! What may be refused about a programme.

use sea_orm::DbErr;

use super::labels;
use super::state::{InvalidStep, Step, TABLE};
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::import::TableError;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why an act on a programme was refused.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such programme, or no such version of its sheet.
    #[error("no such programme")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// A draft is open already.
    #[error("a draft is open")]
    DraftOpen,
    /// No draft is open.
    #[error("no draft")]
    NoDraft,
    /// The only sheet of a programme is its draft, which then cannot be thrown away.
    #[error("the only sheet")]
    OnlySheet,
    /// The draft lacks what it needs to be published.
    #[error("{} things lack", .0.len())]
    Incomplete(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// A file of programmes cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// A document is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store is away.
    #[error(transparent)]
    Store(#[from] StorageError),
    /// The data that come with the program cannot be read.
    #[error("programmes that come with the program: {0}")]
    Shipped(String),
}

impl From<DbErr> for ProgrammeError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for ProgrammeError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for ProgrammeError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<ReceiveError> for ProgrammeError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Store(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl ProgrammeError {
    /// No file, or one that cannot be read.
    #[must_use]
    pub fn unread() -> Self {
        Self::Invalid(vec![Fault::new("/file", "missing", labels::FILE_WANTED)])
    }
}

impl DomainError for ProgrammeError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) | Self::Incomplete(_) => ErrorKind::Invalid,
            Self::Step(_) | Self::DraftOpen | Self::NoDraft | Self::OnlySheet => ErrorKind::Conflict,
            Self::Stale => ErrorKind::Stale,
            Self::File(error) => error.kind(),
            Self::Content(error) => error.kind(),
            Self::Store(_) => ErrorKind::Unavailable,
            Self::Shipped(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Step(_) => "programme-step",
            Self::DraftOpen => "programme-draft-open",
            Self::NoDraft => "no-programme-draft",
            Self::OnlySheet => "programme-only-sheet",
            Self::Incomplete(_) => "programme-incomplete",
            Self::Stale => "stale",
            Self::File(error) => error.code(),
            Self::Content(error) => error.code(),
            Self::Store(_) => "programme-store",
            Self::Shipped(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::File(error) => return error.detail(),
            Self::Content(error) => return error.message(),
            Self::Store(_) => "Le dépôt des fichiers ne répond pas. Réessayez dans un instant.",
            Self::NotFound => "Cette formation n’existe pas, ou n’a pas cette version.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Step(_) => "L’état de cette formation ne permet pas cette action.",
            Self::DraftOpen => "Une nouvelle version est déjà en préparation. Reprenez-la, ou abandonnez-la.",
            Self::NoDraft => "Aucune version n’est en préparation. Ouvrez d’abord une nouvelle version.",
            Self::OnlySheet => {
                "C’est la seule version de cette formation\u{202f}: retirez la formation plutôt que d’abandonner sa fiche."
            }
            Self::Incomplete(_) => {
                "La fiche n’est pas encore publiée\u{202f}: des mentions obligatoires sont à compléter."
            }
            Self::Stale => "Cette fiche a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Shipped(_) => INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) | Self::Incomplete(faults) => faults.clone(),
            Self::File(error) => error.faults(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            _ => Vec::new(),
        }
    }

    fn possible(&self) -> Vec<String> {
        match self {
            Self::Step(refused) => {
                let steps = TABLE.iter().filter(|row| row.from == refused.from).map(|row| row.step);
                steps.map(|step: Step| labels::step(step).to_owned()).collect()
            }
            _ => Vec::new(),
        }
    }
}
