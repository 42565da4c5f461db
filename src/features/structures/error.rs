//! What may be refused about a structure.

use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::import::TableError;

/// Why an act on a structure was refused.
#[derive(Debug, thiserror::Error)]
pub enum StructureError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such structure, or not for this person.
    #[error("no such structure")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The SIREN is already known.
    #[error("the SIREN is already registered")]
    AlreadyRegistered,
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] TableError),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The site is closed.
    #[error("the site is closed")]
    SiteClosed,
    /// The seat may not be closed.
    #[error("the seat may not be closed")]
    SeatStays,
    /// No new address of the site waits to be looked at.
    #[error("the site did not move")]
    NotMoved,
    /// The site takes part in a running agreement.
    #[error("the site is agreed")]
    SiteAgreed,
    /// No other contact may be added.
    #[error("too many contacts")]
    TooManyContacts,
}

impl From<DbErr> for StructureError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for StructureError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for StructureError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for StructureError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) | Self::File(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::AlreadyRegistered
            | Self::SiteClosed
            | Self::SeatStays
            | Self::SiteAgreed
            | Self::NotMoved
            | Self::TooManyContacts => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::File(error) => error.code(),
            Self::AlreadyRegistered => "structure-already-registered",
            Self::Stale => "stale",
            Self::SiteClosed => "site-closed",
            Self::SeatStays => "site-is-seat",
            Self::SiteAgreed => "site-agreed",
            Self::NotMoved => "site-not-moved",
            Self::TooManyContacts => "structure-contacts-too-many",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::File(error) => return error.detail(),
            Self::NotFound => "Cette structure n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::AlreadyRegistered => "Une structure portant ce numéro SIREN est déjà enregistrée. Ajoutez ses sites depuis sa fiche.",
            Self::Stale => "Cette structure a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::SiteClosed => "Ce site est fermé\u{202f}: il ne peut plus être modifié.",
            Self::SeatStays => {
                "Le siège ne peut pas être fermé\u{202f}: désignez d’abord un autre site comme siège."
            }
            Self::SiteAgreed => {
                "Ce site fait partie d’un agrément en cours à cette date\u{202f}: il ne peut pas être fermé."
            }
            Self::NotMoved => "Aucun changement d’adresse de ce site n’attend d’examen.",
            Self::TooManyContacts => {
                "Cette structure a déjà 20 contacts\u{202f}: retirez-en un avant d’en ajouter un autre."
            }
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::File(error) => error.faults(),
            Self::AlreadyRegistered => vec![Fault::new("/siret", "already-registered", self.detail())],
            _ => Vec::new(),
        }
    }
}
