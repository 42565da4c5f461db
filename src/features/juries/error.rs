//! What may be refused about a session of a jury.

use entity::availability_day::HalfDay;
use sea_orm::DbErr;
use time::{Date, OffsetDateTime};

use super::labels;
use super::state::{Guard, InvalidStep};
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::candidates::CandidateError;
use crate::features::certifications::CertificationError;
use crate::features::missions::MissionError;
use crate::features::panels::PanelError;
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
    /// What the file of a candidate does not allow.
    #[error(transparent)]
    Candidate(#[from] CandidateError),
    /// What lacks, each in words.
    #[error("something lacks")]
    Lacking(Vec<String>),
    /// The structure may not organise an assessment for this certification.
    #[error("no agreement")]
    NoAgreement,
    /// The day of the session has not come.
    #[error("too early")]
    TooEarly(Date),
    /// It may not be opened yet.
    #[error("not to be opened yet")]
    OpensLater {
        /// From when.
        from: OffsetDateTime,
        /// Zone of the place.
        zone: String,
    },
    /// A jury decides nothing on somebody who did not come.
    #[error("the candidate did not come")]
    NotPresent,
    /// Too few members for this candidate, each lack in words.
    #[error("no quorum for this candidate")]
    NoQuorumFor(Vec<String>),
    /// The votes do not carry the decision.
    #[error("no majority")]
    NoMajority,
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
    /// An act of another part, done with this one, was refused.
    #[error("{0}")]
    Elsewhere(Box<dyn DomainError + Send + Sync>),
}

impl JuryError {
    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }

    /// What an event asks and that is not there, in the words of the table.
    #[must_use]
    pub fn lacking(guards: &[Guard]) -> Self {
        Self::Lacking(guards.iter().map(|guard| labels::lacks::guard(*guard).to_owned()).collect())
    }
}

impl From<DbErr> for JuryError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<MissionError> for JuryError {
    fn from(error: MissionError) -> Self {
        Self::Elsewhere(Box::new(error))
    }
}

impl From<PanelError> for JuryError {
    fn from(error: PanelError) -> Self {
        Self::Elsewhere(Box::new(error))
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
            | Self::Lacking(_)
            | Self::TooEarly(_)
            | Self::OpensLater { .. }
            | Self::NotPresent
            | Self::NoQuorumFor(_)
            | Self::NoMajority
            | Self::NoAgreement
            | Self::ListClosed
            | Self::RoomTaken { .. } => ErrorKind::Conflict,
            Self::Store(_) => ErrorKind::Unavailable,
            Self::Certification(error) => error.kind(),
            Self::Candidate(error) => error.kind(),
            Self::Elsewhere(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Step(_) => "jury-wrong-state",
            Self::Candidate(error) => error.code(),
            Self::Elsewhere(error) => error.code(),
            Self::Lacking(_) => "jury-lacking",
            Self::NoAgreement => "jury-no-agreement",
            Self::ListClosed => "jury-list-closed",
            Self::RoomTaken { .. } => "jury-room-taken",
            Self::TooEarly(_) | Self::OpensLater { .. } => "jury-too-early",
            Self::NotPresent => "jury-candidate-absent",
            Self::NoQuorumFor(_) => "jury-no-quorum",
            Self::NoMajority => "jury-no-majority",
            Self::Store(_) => "jury-store",
            Self::Certification(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => return error.detail(),
            Self::Certification(error) => return error.detail(),
            Self::Candidate(error) => return error.detail(),
            Self::Elsewhere(error) => return error.detail(),
            Self::TooEarly(day) => {
                return format!("Ce jury a lieu le {}\u{202f}: il s’ouvre ce jour-là.", french::date(*day));
            }
            Self::OpensLater { from, zone } => return labels::lacks::opens_later(*from, zone),
            Self::Step(step) => return labels::lacks::wrong_state(step.from),
            Self::RoomTaken { room, day, half, with } => {
                return labels::faults::room_taken(room, &french::date(*day), *half, with.as_deref());
            }
            Self::Invalid(faults) if faults.len() == 1 => return faults[0].message.clone(),
            Self::NotFound => "Ce jury n’existe pas, ou ne vous est pas ouvert.",
            Self::Invalid(_) => "Certaines valeurs sont à corriger.",
            Self::Stale => "Ce jury a changé depuis votre lecture. Relisez-le avant de recommencer.",
            Self::Lacking(_) => "Il manque encore quelque chose à ce jury.",
            Self::NoAgreement => {
                "La structure n’a pas d’agrément en cours pour organiser l’évaluation de cette certification. L’état de son agrément est sur la page «\u{202f}Notre agrément\u{202f}»."
            }
            Self::ListClosed => "Les candidats de ce jury sont convoqués\u{202f}: leur liste ne change plus.",
            Self::NotPresent => "Cette personne n’est pas venue\u{202f}: le jury ne décide rien pour elle.",
            Self::NoQuorumFor(_) => "Le quorum n’est pas atteint pour cette personne\u{202f}: elle ne peut qu’être ajournée.",
            Self::NoMajority => "Les votes ne portent pas cette décision\u{202f}: la majorité n’est pas atteinte.",
            Self::Store(_) => "Le dépôt des fichiers ne répond pas. Réessayez dans un instant.",
        }
        .to_owned()
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Candidate(error) => error.faults(),
            Self::Elsewhere(error) => error.faults(),
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Lacking(reasons) | Self::NoQuorumFor(reasons) => reasons.clone(),
            Self::Candidate(error) => error.blocking(),
            Self::Elsewhere(error) => error.blocking(),
            _ => Vec::new(),
        }
    }
}
