//! What may be refused about minutes and appeals.

use entity::ids::JuryCodeId;
use sea_orm::DbErr;

use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::features::candidates::CandidateError;
use crate::features::certificates::CertificateError;
use crate::features::juries::JuryError;
use crate::keys::KeyError;
use crate::storage::StorageError;

/// Why an act was refused.
#[derive(Debug, thiserror::Error)]
pub enum MinutesError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such thing, or not for this person.
    #[error("not found")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The text that was read is not the one that is frozen.
    #[error("another text is frozen")]
    OtherText,
    /// What lacks, each in words.
    #[error("{} things lack", .0.len())]
    Lacking(Vec<String>),
    /// No minutes wait for signatures.
    #[error("no minutes wait for signatures")]
    NothingToSign,
    /// This person signs nothing here.
    #[error("not a signer")]
    NotSigner,
    /// Signed, or refused, already.
    #[error("signed already")]
    AlreadySigned,
    /// The code is not the one that was sent; which one was tried.
    #[error("wrong code")]
    WrongCode(JuryCodeId),
    /// No code is valid any more.
    #[error("no valid code")]
    NoCode,
    /// Whoever checks sat in the jury.
    #[error("a member checks")]
    OfTheJury,
    /// The rules name somebody else to validate for the joint body of the branch.
    #[error("somebody else validates for the branch")]
    NotForBranch,
    /// The time to appeal is over.
    #[error("too late to appeal")]
    TooLate,
    /// No appeal waits for this.
    #[error("no open appeal")]
    NoAppeal,
    /// A session refused.
    #[error(transparent)]
    Jury(#[from] JuryError),
    /// A candidate refused.
    #[error(transparent)]
    Candidate(#[from] CandidateError),
    /// A certificate refused.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The store does not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A key cannot be read.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl MinutesError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }
}

impl From<DbErr> for MinutesError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for MinutesError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<serde_json::Error> for MinutesError {
    fn from(error: serde_json::Error) -> Self {
        Self::Below(error.into())
    }
}

impl From<Vec<Fault>> for MinutesError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for MinutesError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) | Self::WrongCode(_) | Self::NoCode => ErrorKind::Invalid,
            Self::OtherText => ErrorKind::Stale,
            Self::Lacking(_) | Self::NothingToSign | Self::AlreadySigned | Self::TooLate | Self::NoAppeal => {
                ErrorKind::Conflict
            }
            Self::NotSigner | Self::OfTheJury | Self::NotForBranch => ErrorKind::Forbidden,
            Self::Jury(error) => error.kind(),
            Self::Candidate(error) => error.kind(),
            Self::Certificate(error) => error.kind(),
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Key(_) => ErrorKind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::OtherText => "stale",
            Self::Lacking(_) => "minutes-lacking",
            Self::NothingToSign => "minutes-nothing-to-sign",
            Self::NotSigner => "minutes-not-signer",
            Self::AlreadySigned => "minutes-already-signed",
            Self::WrongCode(_) => "minutes-wrong-code",
            Self::NoCode => "minutes-no-code",
            Self::OfTheJury => "minutes-member-checks",
            Self::NotForBranch => "minutes-not-for-branch",
            Self::TooLate => "appeal-too-late",
            Self::NoAppeal => "appeal-not-open",
            Self::Jury(error) => error.code(),
            Self::Candidate(error) => error.code(),
            Self::Certificate(error) => error.code(),
            Self::Storage(_) => "minutes-storage-unavailable",
            Self::Key(_) => "internal",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Jury(error) => return error.detail(),
            Self::Candidate(error) => return error.detail(),
            Self::Certificate(error) => return error.detail(),
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Ce procès-verbal n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::OtherText => "Le texte figé n’est pas celui que vous avez lu. Relisez-le avant de signer.",
            Self::Lacking(_) => "Il manque quelque chose avant cette étape. Rien n’a été changé.",
            Self::NothingToSign => "Aucun procès-verbal de ce jury n’attend de signature.",
            Self::NotSigner => "Cette personne n’a pas à signer ce procès-verbal.",
            Self::AlreadySigned => "Cette personne a déjà répondu\u{202f}: sa signature ne change plus.",
            Self::WrongCode(_) => WRONG_CODE,
            Self::NoCode => NO_CODE,
            Self::OfTheJury => {
                "Vous avez siégé dans ce jury\u{202f}: une autre personne contrôle le procès-verbal."
            }
            Self::NotForBranch => {
                "Le référentiel désigne une autre personne pour valider au nom de la CPNEF. Rien n’a été changé."
            }
            Self::TooLate => "Le délai pour former un recours est passé.",
            Self::NoAppeal => "Aucun recours de cette personne n’attend cette étape.",
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant."
            }
            Self::Key(_) => INTERNAL_DETAIL,
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::WrongCode(_) => vec![Fault::new("/code", "wrong-code", WRONG_CODE)],
            Self::NoCode => vec![Fault::new("/code", "no-code", NO_CODE)],
            Self::Jury(error) => error.faults(),
            Self::Candidate(error) => error.faults(),
            Self::Certificate(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(reasons) => reasons.clone(),
            Self::Jury(error) => error.blocking(),
            Self::Candidate(error) => error.blocking(),
            Self::Certificate(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}

const WRONG_CODE: &str =
    "Ce code n’est pas celui qui a été envoyé\u{202f}: vérifiez-le, ou demandez-en un autre";
const NO_CODE: &str = "Ce code n’est plus valable\u{202f}: demandez-en un autre";
