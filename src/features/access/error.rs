//! What may be refused about a request for access.

use sea_orm::DbErr;

use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::accounts::AccountError;
use crate::features::structures::StructureError;

/// Why an act on a request was refused.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such request, or not for this person.
    #[error("no such request")]
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
    /// The link was used, or is too old.
    #[error("the link does not work any more")]
    LinkOver,
    /// Too many requests from one address in a day, or one that waits already.
    #[error("asked already")]
    AskedAlready,
    /// The structure could not be recorded.
    #[error(transparent)]
    Structure(#[from] StructureError),
    /// The account could not be opened.
    #[error(transparent)]
    Account(#[from] AccountError),
}

impl From<DbErr> for AccessError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for AccessError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for AccessError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for AccessError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::Structure(error) => error.kind(),
            Self::Account(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::LinkOver | Self::AskedAlready => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::Structure(error) => error.code(),
            Self::Account(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "access-request-step",
            Self::LinkOver => "access-link-over",
            Self::AskedAlready => "access-asked-already",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Structure(error) => return error.detail(),
            // What stands against the person is told with the act: there is no field to correct.
            Self::Account(error) => {
                return error.faults().first().map_or_else(|| error.detail(), |fault| fault.message.clone());
            }
            Self::NotFound => "Cette demande n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette demande a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Step(_) => "Cette demande a déjà reçu sa réponse.",
            Self::LinkOver => "Ce lien a déjà servi, ou il est trop ancien.",
            Self::AskedAlready => "Une demande récente existe déjà pour cette adresse.",
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Structure(error) => error.faults(),
            Self::Account(error) => error.faults(),
            _ => Vec::new(),
        }
    }
}
