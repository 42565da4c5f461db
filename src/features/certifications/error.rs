//! What may be refused about a certification.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::rights::RightError;

/// Why an act on a certification was refused.
#[derive(Debug, thiserror::Error)]
pub enum CertificationError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such certification or version.
    #[error("no such certification")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The draft of a referential is open already.
    #[error("a draft is open")]
    DraftOpen,
    /// The version has no draft of a referential.
    #[error("no draft")]
    NoDraft,
    /// The version has no referential, or not this revision.
    #[error("no such referential")]
    NoReferential,
    /// The draft lacks what it needs to be published.
    #[error("{} things lack", .0.len())]
    Incomplete(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The engine of rights refuses.
    #[error(transparent)]
    Right(RightError),
    /// The data that come with the program cannot be read.
    #[error("certifications that come with the program: {0}")]
    Shipped(String),
}

impl From<DbErr> for CertificationError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for CertificationError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for CertificationError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<RightError> for CertificationError {
    fn from(error: RightError) -> Self {
        match error {
            RightError::Below(error) => Self::Below(error),
            other => Self::Right(other),
        }
    }
}

impl DomainError for CertificationError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound | Self::NoReferential => ErrorKind::NotFound,
            Self::Invalid(_) | Self::Incomplete(_) => ErrorKind::Invalid,
            Self::DraftOpen | Self::NoDraft => ErrorKind::Conflict,
            Self::Stale => ErrorKind::Stale,
            Self::Right(error) => error.kind(),
            Self::Shipped(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::NoReferential => "no-referential",
            Self::DraftOpen => "referential-draft-open",
            Self::NoDraft => "no-referential-draft",
            Self::Incomplete(_) => "referential-incomplete",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Right(error) => error.code(),
            Self::Shipped(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Right(error) => return error.detail(),
            Self::NotFound => "Cette certification n’existe pas.",
            Self::NoReferential => "Cette version n’a pas de référentiel publié, ou pas cette révision.",
            Self::DraftOpen => {
                "Un brouillon de ce référentiel est déjà ouvert. Reprenez-le, ou abandonnez-le."
            }
            Self::NoDraft => "Aucun brouillon de ce référentiel n’est ouvert. Préparez d’abord une révision.",
            Self::Incomplete(_) => {
                "Le référentiel n’est pas encore publié\u{202f}: il reste des points à compléter."
            }
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette version a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Shipped(_) => crate::error::INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) | Self::Incomplete(faults) => faults.clone(),
            Self::Right(error) => error.faults(),
            _ => Vec::new(),
        }
    }
}
