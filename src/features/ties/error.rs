//! What may be refused about ties.

use sea_orm::DbErr;

use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};

/// Why an act on a tie was refused.
#[derive(Debug, thiserror::Error)]
pub enum TieError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such person, structure, employment, interest or alert, or not for this person.
    #[error("no such tie")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// The same structure already employs the person.
    #[error("employment already running")]
    AlreadyEmployed,
    /// The employment is over.
    #[error("employment already over")]
    AlreadyOver,
    /// The declared tie is over.
    #[error("interest already over")]
    InterestOver,
    /// The declared tie was taken back.
    #[error("interest voided")]
    InterestVoided,
    /// Nothing to declare, while ties that run are recorded.
    #[error("ties are running")]
    TiesRunning {
        /// Names of the structures.
        structures: Vec<String>,
    },
    /// Declared for the year already, in the same words.
    #[error("already declared")]
    AlreadyDeclared {
        /// The year.
        year: i32,
    },
    /// The alert was settled.
    #[error("alert settled")]
    Settled,
}

impl From<DbErr> for TieError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for TieError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<InvalidStep> for TieError {
    fn from(_: InvalidStep) -> Self {
        Self::Settled
    }
}

impl From<Vec<Fault>> for TieError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for TieError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::AlreadyEmployed
            | Self::AlreadyOver
            | Self::InterestOver
            | Self::InterestVoided
            | Self::TiesRunning { .. }
            | Self::AlreadyDeclared { .. }
            | Self::Settled => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::AlreadyEmployed => "employment-running",
            Self::AlreadyOver => "employment-over",
            Self::InterestOver => "interest-over",
            Self::InterestVoided => "interest-voided",
            Self::TiesRunning { .. } => "declared-ties-running",
            Self::AlreadyDeclared { .. } => "interests-already-declared",
            Self::Settled => "tie-alert-settled",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Cette page ou cet objet n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::Invalid(_) => "Certaines valeurs sont à corriger.".to_owned(),
            Self::AlreadyEmployed => {
                "Cet employeur est déjà enregistré, et l’emploi est en cours. Indiquez-en la fin avant d’en \
                 enregistrer un autre dans la même structure."
                    .to_owned()
            }
            Self::AlreadyOver => "La fin de cet emploi est déjà enregistrée.".to_owned(),
            Self::InterestOver => "La fin de ce lien est déjà enregistrée.".to_owned(),
            Self::InterestVoided => "Ce lien, enregistré par erreur, a déjà été annulé.".to_owned(),
            Self::TiesRunning { structures } => format!(
                "Des liens en cours sont enregistrés avec {}. La déclaration ne peut pas dire qu’il n’y en a aucun\u{202f}: \
                 confirmez que la liste est complète, ou indiquez d’abord la fin des liens qui n’existent plus.",
                crate::render::french::list(structures)
            ),
            Self::AlreadyDeclared { year } => format!("La déclaration de {year} est déjà enregistrée."),
            Self::Settled => "Cette alerte est déjà réglée.".to_owned(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::AlreadyEmployed => vec![Fault::new("/siren", "employment-running", self.detail())],
            _ => Vec::new(),
        }
    }
}
