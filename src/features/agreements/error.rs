//! Every refusal of the agreement desk.

use sea_orm::DbErr;
use time::Date;

use super::state::{InvalidRightStep, InvalidStep};
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault};
use crate::features::availability::engagements::{Clash, HoldError};
use crate::features::availability::labels as words_of_time;
use crate::features::rights::RightError;
use crate::render::french;
use crate::rules::right::Span;
use crate::storage::StorageError;
use crate::storage::content::ContentError;
use crate::storage::receive::ReceiveError;

/// Why something was refused.
#[derive(Debug, thiserror::Error)]
pub enum AgreementError {
    /// No such request, agreement, committee or piece, or none that the actor may see.
    #[error("not found")]
    NotFound,
    /// The policy says no.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Values break rules.
    #[error("invalid input ({} faults)", .0.len())]
    Invalid(Vec<Fault>),
    /// The state does not allow it.
    #[error(transparent)]
    Step(#[from] InvalidStep),
    /// The state of the right does not allow it.
    #[error(transparent)]
    RightStep(#[from] InvalidRightStep),
    /// The state allows it, but something is missing.
    #[error("something is missing: {code}")]
    Blocked {
        /// Stable code.
        code: &'static str,
        /// French sentence.
        detail: String,
        /// What is missing, in French.
        blocking: Vec<String>,
    },
    /// Someone else changed it meanwhile.
    #[error("stale version")]
    Stale,
    /// The structure already has a draft for this certification.
    #[error("a draft is already open")]
    DraftExists,
    /// Another request of the structure for this certification is being examined.
    #[error("another request is live")]
    LiveRequest {
        /// Its number.
        number: String,
    },
    /// Another agreement covers the same site, certification and role over the period.
    #[error("periods overlap")]
    PeriodsOverlap {
        /// The days asked for.
        asked: Span,
        /// The days of the other; none when it was written at the same instant.
        known: Option<Span>,
    },
    /// The structure still holds an agreement over the period asked for: it ends first, or is replaced knowingly.
    #[error("an agreement in force would be replaced")]
    WouldReplace {
        /// Its number.
        number: String,
        /// The days asked for.
        asked: Span,
        /// Its days.
        known: Span,
    },
    /// The contrôleur has given a half-day of the visit to another mission or visit.
    #[error("double booking")]
    DoubleBooked(Clash),
    /// The engine of rights refuses.
    #[error(transparent)]
    Right(RightError),
    /// A file is refused.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// The store is away.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Something below failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl AgreementError {
    /// A refusal that says what is missing.
    pub fn blocked(code: &'static str, detail: impl Into<String>, blocking: Vec<String>) -> Self {
        Self::Blocked { code, detail: detail.into(), blocking }
    }

    /// One fault.
    pub fn fault(pointer: &str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Fault::new(pointer, code, message)])
    }

    /// A renewal of an agreement that the structure never had.
    #[must_use]
    pub fn never_held() -> Self {
        let message = "Cette structure n’a pas encore eu d’agrément pour cette certification\u{202f}: choisissez «\u{202f}Première demande\u{202f}»";
        Self::fault("/kind", "agreement-never-held", message)
    }

    /// A renewal of an agreement that another already follows, signed or to be signed.
    #[must_use]
    pub fn already_followed(number: &str, starts_on: Date, ends_on: Date, signed: bool) -> Self {
        let days = french::date_range(starts_on, ends_on);
        let message = if signed {
            format!(
                "L’agrément {number}, {days}, prend déjà la suite\u{202f}: son renouvellement se demandera à son tour"
            )
        } else {
            format!(
                "L’agrément {number}, {days}, est accordé pour la suite et attend ses signatures\u{202f}: signez sa convention"
            )
        };
        Self::fault("/kind", "agreement-already-followed", message)
    }

    /// A first request for what an agreement already covers.
    #[must_use]
    pub fn already_held(number: &str, ends_on: Date) -> Self {
        let message = format!(
            "Cette structure a déjà l’agrément {number} pour cette certification, jusqu’au {}\u{202f}: choisissez «\u{202f}Renouvellement\u{202f}»",
            french::date(ends_on)
        );
        Self::fault("/kind", "agreement-already-held", message)
    }
}

impl From<DbErr> for AgreementError {
    fn from(error: DbErr) -> Self {
        Self::Db(error.into())
    }
}

impl From<ReceiveError> for AgreementError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::Content(error) => Self::Content(error),
            ReceiveError::Storage(error) => Self::Storage(error),
            ReceiveError::Below(error) => Self::Db(error),
        }
    }
}

impl From<HoldError> for AgreementError {
    fn from(error: HoldError) -> Self {
        match error {
            HoldError::Below(error) => Self::Db(error),
            HoldError::Taken(clash) => Self::DoubleBooked(clash),
        }
    }
}

impl From<RightError> for AgreementError {
    fn from(error: RightError) -> Self {
        match error {
            RightError::Below(error) => Self::Db(error),
            RightError::Overlap { asked, known, .. } => Self::PeriodsOverlap { asked, known },
            other => Self::Right(other),
        }
    }
}

impl DomainError for AgreementError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Denied(denied) => denied.kind(),
            Self::Invalid(_) => ErrorKind::Invalid,
            Self::Step(_)
            | Self::RightStep(_)
            | Self::Blocked { .. }
            | Self::DraftExists
            | Self::LiveRequest { .. }
            | Self::PeriodsOverlap { .. }
            | Self::WouldReplace { .. }
            | Self::DoubleBooked(_) => ErrorKind::Conflict,
            Self::Right(error) => error.kind(),
            Self::Stale => ErrorKind::Stale,
            Self::Content(error) => error.kind(),
            Self::Storage(_) => ErrorKind::Unavailable,
            Self::Db(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Denied(denied) => denied.code(),
            Self::Invalid(_) => "invalid",
            Self::Step(_) => "agreement-request-wrong-state",
            Self::RightStep(_) => "agreement-wrong-state",
            Self::Blocked { code, .. } => code,
            Self::Stale => "stale",
            Self::DraftExists => "agreement-request-draft-exists",
            Self::LiveRequest { .. } => "agreement-request-live",
            Self::PeriodsOverlap { .. } | Self::WouldReplace { .. } => "agreement-periods-overlap",
            Self::DoubleBooked(_) => "visit-double-booking",
            Self::Right(error) => error.code(),
            Self::Content(error) => error.code(),
            Self::Storage(_) => "storage-unavailable",
            Self::Db(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotFound => "Ce dossier n’existe pas, ou ne vous est pas ouvert.".to_owned(),
            Self::Denied(denied) => denied.detail(),
            Self::Invalid(faults) if faults.len() == 1 => faults[0].message.clone(),
            Self::Invalid(faults) => format!("{} points sont à corriger. Rien n’a été enregistré.", faults.len()),
            Self::Step(step) => super::labels::steps::wrong_state(step.from),
            Self::RightStep(step) => super::labels::steps::wrong_right_state(step.from),
            Self::Blocked { detail, .. } => detail.clone(),
            Self::Stale => "Ce dossier a changé depuis que vous l’avez ouvert. Relisez-le avant de réessayer.".to_owned(),
            Self::DraftExists => {
                "Un brouillon existe déjà pour cette structure et cette certification. Reprenez-le.".to_owned()
            }
            Self::LiveRequest { number } => format!(
                "La demande {number} de cette structure est en cours pour la même certification. Une autre ne peut être déposée qu’une fois celle-ci décidée, retirée ou classée."
            ),
            Self::PeriodsOverlap { asked, known } => {
                let known = known.map(|known| format!(", {known}")).unwrap_or_default();
                format!(
                    "Un agrément couvre déjà ce site{known}, pour la même certification et la même prestation. La période demandée, {asked}, le recoupe."
                )
            }
            Self::WouldReplace { number, asked, known } => super::labels::convention::would_replace(number, *asked, *known),
            Self::DoubleBooked(clash) => words_of_time::clash(clash),
            Self::Right(error) => error.detail(),
            Self::Content(error) => error.message(),
            Self::Storage(_) => {
                "Le stockage des documents ne répond pas. Rien n’a été enregistré\u{202f}: réessayez dans un instant.".to_owned()
            }
            Self::Db(error) => error.detail(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            Self::Content(error) => vec![Fault::new("/file", error.code(), error.message())],
            _ => Vec::new(),
        }
    }

    fn blocking(&self) -> Vec<String> {
        match self {
            Self::Blocked { blocking, .. } => blocking.clone(),
            Self::Step(refused) => vec![super::labels::steps::wanted_states(refused.step)],
            _ => Vec::new(),
        }
    }

    fn possible(&self) -> Vec<String> {
        match self {
            Self::Step(refused) => super::labels::steps::possible_steps(refused.from),
            _ => Vec::new(),
        }
    }
}
