//! What the journal refuses.

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL, cause};
use crate::worker::seal::SealError;

/// A refusal of the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// No such event.
    #[error("no such event")]
    NotFound,
    /// The event waits for a seal: there is no proof yet.
    #[error("not sealed yet")]
    NotSealed,
    /// No seal of that size.
    #[error("no such seal")]
    NoSuchSeal,
    /// The older seal is greater than the newer.
    #[error("seals in the wrong order")]
    WrongOrder,
    /// The search ends before it begins.
    #[error("a search that ends before it begins")]
    Reversed,
    /// The verification takes longer than an answer may.
    #[error("the verification takes too long for an answer")]
    TooLong,
    /// Sealing failed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// Below.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl From<sea_orm::DbErr> for JournalError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<Denied> for JournalError {
    fn from(denied: Denied) -> Self {
        Self::Database(denied.into())
    }
}

impl DomainError for JournalError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound | Self::NoSuchSeal => ErrorKind::NotFound,
            Self::NotSealed => ErrorKind::Conflict,
            Self::WrongOrder | Self::Reversed => ErrorKind::Invalid,
            Self::TooLong => ErrorKind::Unavailable,
            Self::Seal(error) => error.kind(),
            Self::Database(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotSealed => "event-not-sealed",
            Self::NoSuchSeal => "seal-unknown",
            Self::WrongOrder => "seals-out-of-order",
            Self::Reversed => "journal-dates-reversed",
            Self::TooLong => "verification-too-long",
            Self::Seal(error) => error.code(),
            Self::Database(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotFound => "Cet acte n’existe pas.".to_owned(),
            Self::NotSealed => {
                "Cet acte n’est pas encore scellé\u{202f}: réessayez dans deux secondes.".to_owned()
            }
            Self::NoSuchSeal => "Aucun sceau ne couvre exactement ce nombre d’actes.".to_owned(),
            Self::WrongOrder => "Le sceau de départ doit être antérieur au sceau d’arrivée.".to_owned(),
            Self::Reversed => "La fin de la recherche vient avant son début.".to_owned(),
            Self::TooLong => {
                "Le journal est trop long pour être vérifié ici\u{202f}: lancez parchemin journal verify."
                    .to_owned()
            }
            Self::Seal(_) => INTERNAL_DETAIL.to_owned(),
            Self::Database(error) => error.detail(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::WrongOrder => vec![Fault::new("/from", "seals-out-of-order", self.detail())],
            Self::Reversed => vec![Fault::new("/until", "dates-reversed", self.detail())],
            _ => Vec::new(),
        }
    }
}

/// Why a file could not be checked at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("Le fichier ne peut pas être lu\u{202f}: {}.", cause(.0))]
    Unreadable(#[from] std::io::Error),
    /// It is something else.
    #[error("Ce fichier n’est ni un export du journal, ni la preuve d’un acte.")]
    NotAJournal,
    /// It was written by a later version of the program.
    #[error("Ce fichier suit la version {0} du format, que cette version du logiciel ne connaît pas.")]
    Version(u32),
}

/// What was given as a trusted seal is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Indiquez la taille d’un sceau, suivie au besoin de deux-points et de sa racine.")]
pub struct NotASeal;
