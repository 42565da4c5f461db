//! What may be refused about papers of training.

use sea_orm::DbErr;

use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::features::enrolments::EnrolmentError;
use crate::keys::KeyError;
use crate::rules::training::mentions::Mention;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::issued::TypesetError;
use crate::storage::receive::ReceiveError;

/// Why an act on a paper was refused.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such paper, session or person, or not for this one.
    #[error("not found")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The text that was read is not the one that is frozen.
    #[error("another text is frozen")]
    OtherText,
    /// The state does not allow it.
    #[error("{0}")]
    Step(InvalidStep),
    /// Mentions that the paper must have and that nobody told.
    #[error("{} mentions lack", .0.len())]
    Lacking(Vec<Mention>),
    /// It is not time for this paper: the enrolment is not far enough, or too far.
    #[error("not at this time")]
    Untimely,
    /// This kind is not for this buyer: a contract is for somebody at their own cost, a convention for an employer.
    #[error("not for this buyer")]
    WrongBuyer,
    /// Nobody can be called yet.
    #[error("nobody to call")]
    Nobody,
    /// This party does not sign this paper, or the visitor is not it.
    #[error("not a signatory")]
    NotSignatory,
    /// Signed, or refused, already.
    #[error("answered already")]
    AlreadyAnswered,
    /// The link is unknown, or the paper is not to be signed any more.
    #[error("the link is over")]
    LinkOver,
    /// An enrolment refused.
    #[error(transparent)]
    Enrolment(#[from] EnrolmentError),
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store does not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A document cannot be typeset.
    #[error(transparent)]
    Typeset(#[from] crate::render::pdf::PdfError),
    /// A key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl PaperError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for PaperError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for PaperError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<serde_json::Error> for PaperError {
    fn from(error: serde_json::Error) -> Self {
        Self::Below(error.into())
    }
}

impl From<Vec<Fault>> for PaperError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl From<InvalidStep> for PaperError {
    fn from(step: InvalidStep) -> Self {
        Self::Step(step)
    }
}

impl From<ReceiveError> for PaperError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Storage(error),
            ReceiveError::Below(error) => Self::Below(error),
        }
    }
}

impl From<TypesetError> for PaperError {
    fn from(error: TypesetError) -> Self {
        match error {
            TypesetError::Pdf(error) => Self::Typeset(error),
            TypesetError::Storage(error) => Self::Storage(error),
        }
    }
}

impl DomainError for PaperError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound | Self::LinkOver => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale | Self::OtherText => ErrorKind::Stale,
            Self::Step(_)
            | Self::Lacking(_)
            | Self::Untimely
            | Self::WrongBuyer
            | Self::Nobody
            | Self::AlreadyAnswered => ErrorKind::Conflict,
            Self::NotSignatory => ErrorKind::Forbidden,
            Self::Enrolment(error) => error.kind(),
            Self::Content(error) => error.kind(),
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Typeset(_) | Self::Key(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale | Self::OtherText => "stale",
            Self::Step(_) => "paper-step",
            Self::Lacking(_) => "paper-lacking",
            Self::Untimely => "paper-untimely",
            Self::WrongBuyer => "paper-wrong-buyer",
            Self::Nobody => "paper-nobody",
            Self::NotSignatory => "paper-not-signatory",
            Self::AlreadyAnswered => "paper-already-answered",
            Self::LinkOver => "paper-link-over",
            Self::Enrolment(error) => error.code(),
            Self::Content(error) => error.code(),
            Self::Storage(_) => "paper-storage-unavailable",
            Self::Typeset(_) | Self::Key(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Enrolment(error) => return error.detail(),
            Self::Content(error) => return error.message(),
            Self::NotFound => "Ce document n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Ce document a changé depuis votre lecture. Relisez-le avant de recommencer.",
            Self::OtherText => "Le texte figé n’est pas celui que vous avez lu. Relisez-le avant de signer.",
            Self::Step(_) => "L’état de ce document ne permet pas cette action.",
            Self::Lacking(_) => {
                "Des mentions obligatoires manquent. Rien n’a été établi\u{202f}: complétez-les d’abord."
            }
            Self::Untimely => "L’état de cette inscription ne permet pas encore, ou plus, ce document.",
            Self::WrongBuyer => {
                "Ce document ne convient pas\u{202f}: le contrat est pour une personne à ses frais, la convention pour un employeur."
            }
            Self::Nobody => "Personne ne peut être convoqué pour le moment. Rien n’a été envoyé.",
            Self::NotSignatory => "Vous n’avez pas à signer ce document.",
            Self::AlreadyAnswered => "Cette personne a déjà répondu\u{202f}: sa signature ne change plus.",
            Self::LinkOver => "Ce lien ne fonctionne plus\u{202f}: le document n’est plus à signer.",
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant."
            }
            Self::Typeset(_) | Self::Key(_) => INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            Self::Enrolment(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(mentions) => mentions.iter().map(|mention| mention.label().to_owned()).collect(),
            Self::Enrolment(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
