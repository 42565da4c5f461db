//! What may be refused about invoices.

use sea_orm::DbErr;

use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::features::enrolments::EnrolmentError;
use crate::keys::KeyError;
use crate::storage::StorageError;
use crate::storage::issued::TypesetError;

/// Why an act on an invoice was refused.
#[derive(Debug, thiserror::Error)]
pub enum InvoiceError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such invoice or session, or not for this one.
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
    /// What an invoice must say and that nobody told.
    #[error("{} mentions lack", .0.len())]
    Lacking(Vec<&'static str>),
    /// Nothing is owed, or all of it is invoiced already.
    #[error("nothing to invoice")]
    Nothing,
    /// A credit note is taken back by no other.
    #[error("a credit note")]
    CreditNote,
    /// An invoice would be dated before the last one.
    #[error("dates would go back")]
    Chronology,
    /// An enrolment refused.
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    /// The store does not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A document cannot be typeset.
    #[error(transparent)]
    Typeset(#[from] crate::render::pdf::PdfError),
    /// A key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A file cannot be written.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

impl InvoiceError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for InvoiceError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for InvoiceError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<serde_json::Error> for InvoiceError {
    fn from(error: serde_json::Error) -> Self {
        Self::Below(error.into())
    }
}

impl From<Vec<Fault>> for InvoiceError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<InvalidStep> for InvoiceError {
    fn from(step: InvalidStep) -> Self {
        Self::Step(step)
    }
}

impl From<TypesetError> for InvoiceError {
    fn from(error: TypesetError) -> Self {
        match error {
            TypesetError::Pdf(error) => Self::Typeset(error),
            TypesetError::Storage(error) => Self::Storage(error),
        }
    }
}

impl DomainError for InvoiceError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_) | Self::Lacking(_) | Self::Nothing | Self::CreditNote | Self::Chronology => {
                ErrorKind::Conflict
            }
            Self::Enrolment(error) => error.kind(),
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Typeset(_) | Self::Key(_) | Self::Csv(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "invoice-step",
            Self::Lacking(_) => "invoice-lacking",
            Self::Nothing => "invoice-nothing",
            Self::CreditNote => "invoice-credit-note",
            Self::Chronology => "invoice-chronology",
            Self::Enrolment(error) => error.code(),
            Self::Storage(_) => "invoice-storage-unavailable",
            Self::Typeset(_) | Self::Key(_) | Self::Csv(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Enrolment(error) => return error.detail(),
            Self::NotFound => "Cette facture n’existe pas, ou ne vous est pas ouverte.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Cette facture a changé depuis votre lecture. Relisez-la avant de recommencer.",
            Self::Step(_) => "L’état de cette facture ne permet pas cette action.",
            Self::Lacking(_) => {
                "Des mentions obligatoires manquent. Rien n’a été émis\u{202f}: complétez-les d’abord."
            }
            Self::Nothing => "Rien n’est à facturer pour le moment, ou tout l’est déjà.",
            Self::CreditNote => "Un avoir ne s’annule pas par un autre avoir.",
            Self::Chronology => {
                "La dernière facture émise porte une date plus tardive. Vérifiez l’horloge du serveur."
            }
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant."
            }
            Self::Typeset(_) | Self::Key(_) | Self::Csv(_) => INTERNAL_DETAIL,
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
            Self::Lacking(lacking) => lacking.iter().map(|one| (*one).to_owned()).collect(),
            Self::Enrolment(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
