//! What may be refused about a session of a jury.

use entity::availability_day::HalfDay;
use sea_orm::DbErr;
use time::Date;

use super::labels;
use super::state::{Guard, InvalidStep};
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::candidates::state::InvalidStep as InvalidCandidateStep;
use crate::features::certifications::CertificationError;
use crate::render::french;
use crate::storage::StorageError;

/// Why an act on a session was refused.
#[derive(Debug, thiserror::Error)]
pub enum JuryError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such session, or not for this person.
    #[error("no such session")]
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
    /// The state of a candidate does not allow it.
    #[error(transparent)]
    Candidate(#[from] InvalidCandidateStep),
    /// What lacks, each in words.
    #[error("something lacks")]
    Lacking(Vec<String>),
    /// The structure may not organise an assessment for this certification.
    #[error("no agreement")]
    NoAgreement,
    /// The list of candidates does not change any more.
    #[error("the list of candidates is closed")]
    ListClosed,
    /// Another session has the room.
    #[error("the room is taken")]
    RoomTaken {
        /// The room.
        room: String,
        /// The day.
        day: Date,
        /// The half of the day.
        half: HalfDay,
        /// The other session; none when both were planned at the same instant.
        with: Option<String>,
    },
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StorageError),
    /// A certification cannot be read.
    #[error(transparent)]
    Certification(#[from] CertificationError),
}

impl JuryError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }

    /// What an event asks and that is not there, in the words of the table.
    #[must_use]
    pub fn lacking(guards: &[Guard]) -> Self {
        Self::Lacking(guards.iter().map(|guard| labels::guard(*guard).to_owned()).collect())
    }
}

impl From<DbErr> for JuryError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for JuryError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<Vec<Fault>> for JuryError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for JuryError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::Step(_)
            | Self::Candidate(_)
            | Self::Lacking(_)
            | Self::NoAgreement
            | Self::ListClosed
            | Self::RoomTaken { .. } => ErrorKind::Conflict,
            Self::Store(_) => ErrorKind::Unavailable,
            Self::Certification(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "jury-wrong-state",
            Self::Candidate(_) => "jury-candidate-state",
            Self::Lacking(_) => "jury-lacking",
            Self::NoAgreement => "jury-no-agreement",
            Self::ListClosed => "jury-list-closed",
            Self::RoomTaken { .. } => "jury-room-taken",
            Self::Store(_) => "jury-store",
            Self::Certification(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Certification(error) => return error.detail(),
            Self::Step(step) => return labels::wrong_state(step.from),
            Self::RoomTaken { room, day, half, with } => {
                return labels::room_taken(room, &french::date(*day), *half, with.as_deref());
            }
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Ce jury n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Ce jury a changé depuis votre lecture. Relisez-le avant de recommencer.",
            Self::Candidate(_) => "L’état du dossier d’un candidat ne permet pas cette action.",
            Self::Lacking(_) => "Il manque encore quelque chose à ce jury.",
            Self::NoAgreement => {
                "La structure n’a pas d’agrément en cours pour organiser l’évaluation de cette certification. L’état de son agrément est sur la page «\u{202f}Notre agrément\u{202f}»."
            }
            Self::ListClosed => "Les candidats de ce jury sont convoqués\u{202f}: leur liste ne change plus.",
            Self::Store(_) => "Le dépôt des fichiers ne répond pas. Réessayez dans un instant.",
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(reasons) => reasons.clone(),
            _ => Vec::new(),
        }
    }
}
