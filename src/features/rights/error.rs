//! What may be refused about a right.

use entity::dated_right::RightKind;
use sea_orm::DbErr;

use super::labels;
use super::state::InvalidStep;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::rules::right::Span;

/// Why an act on a right was refused.
#[derive(Debug, thiserror::Error)]
pub enum RightError {
    /// Below: the database, the policy.
    #[error(transparent)]
    Below(#[from] db::Error),
    /// No such right, or not for this person.
    #[error("no such right")]
    NotFound,
    /// Values break rules.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Someone changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The right would end before it begins.
    #[error("reversed days")]
    Reversed,
    /// The right is void, ended, or already as asked.
    #[error("the right cannot change so")]
    WrongState,
    /// Another right of the same holder, kind and scope covers some of these days.
    #[error("{kind}: overlapping rights")]
    Overlap {
        /// What is held.
        kind: RightKind,
        /// The days asked for.
        asked: Span,
        /// The days of the other; none when it was written at the same instant.
        known: Option<Span>,
    },
}

impl From<DbErr> for RightError {
    fn from(error: DbErr) -> Self {
        Self::Below(error.into())
    }
}

impl From<Denied> for RightError {
    fn from(denied: Denied) -> Self {
        Self::Below(denied.into())
    }
}

impl From<InvalidStep> for RightError {
    fn from(_: InvalidStep) -> Self {
        Self::WrongState
    }
}

impl From<Vec<Fault>> for RightError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Invalid(faults)
    }
}

impl DomainError for RightError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Below(error) => error.kind(),
            Self::NotFound => ErrorKind::NotFound,
            Self::Invalid(_) | Self::Reversed => ErrorKind::Invalid,
            Self::Stale => ErrorKind::Stale,
            Self::WrongState | Self::Overlap { .. } => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Below(error) => error.code(),
            Self::NotFound => "not-found",
            Self::Invalid(_) => "invalid",
            Self::Stale => "stale",
            Self::Reversed => "right-days-reversed",
            Self::WrongState => "right-wrong-state",
            Self::Overlap { .. } => "right-overlap",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Below(error) => error.detail(),
            Self::NotFound => "Ce droit n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::Invalid(_) => "Certaines valeurs sont à corriger.".to_owned(),
            Self::Stale => {
                "Ce droit a changé depuis votre lecture. Relisez-le avant de recommencer.".to_owned()
            }
            Self::Reversed => "La période finit avant de commencer.".to_owned(),
            Self::WrongState => "Ce droit ne peut plus changer ainsi.".to_owned(),
            Self::Overlap { kind, asked, known } => overlap(*kind, *asked, *known),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Reversed | Self::Overlap { .. } => {
                vec![Fault::new("/starts_on", self.code(), self.detail())]
            }
            _ => Vec::new(),
        }
    }
}

/// The sentence that names both periods.
#[must_use]
fn overlap(kind: RightKind, asked: Span, known: Option<Span>) -> String {
    let what = labels::kind(kind).to_lowercase();
    match known {
        Some(known) => {
            format!("La période demandée, {asked}, recoupe un droit déjà enregistré ({what}), {known}.")
        }
        None => {
            format!("La période demandée, {asked}, recoupe un droit enregistré au même instant ({what}).")
        }
    }
}
