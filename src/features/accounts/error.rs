//! Why an act on an account is refused.

use time::Duration;

use super::labels;
use crate::authz::Denied;
use crate::db;
use crate::error::{DomainError, ErrorKind, Fault, INTERNAL_DETAIL};
use crate::keys::KeyError;

/// Why an act on an account is refused.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The database or the policy refused.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The key of the installation is out of reach, or a secret does not open.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A password could not be hashed.
    #[error("password hashing failed")]
    Hashing,
    /// The input breaks rules.
    #[error("invalid input: {0:?}")]
    Invalid(Vec<Fault>),
    /// No such account, session, token or colleague.
    #[error("not found")]
    NotFound,
    /// Someone else changed the account since it was read.
    #[error("stale version")]
    Stale,
    /// The link was used, replaced, or is too old.
    #[error("the link does not work any more")]
    LinkUnusable,
    /// The address or the password is not right.
    #[error("wrong credentials")]
    WrongCredentials,
    /// The code is not right, or was used.
    #[error("wrong code")]
    WrongCode,
    /// Too many failed attempts: wait.
    #[error("too many attempts, {0} to wait")]
    TooManyAttempts(Duration),
    /// The page of the second factor was opened in another session.
    #[error("the key of the second factor was not made for this session")]
    SetupLost,
    /// The second factor is already on.
    #[error("second factor already on")]
    SecondFactorOn,
    /// The second factor is not on.
    #[error("second factor not on")]
    SecondFactorOff,
    /// The roles of the person demand a second factor.
    #[error("second factor required by a role")]
    SecondFactorRequired,
    /// The person has already come in, or their account is closed: there is no invitation to send again.
    #[error("nobody to invite again")]
    InvitationAccepted,
    /// A structure would lose its last administrator.
    #[error("last administrator of the structure")]
    LastStructureAdministrator,
    /// The installation would lose its last administrator.
    #[error("last administrator of the installation")]
    LastAdministrator,
}

impl From<sea_orm::DbErr> for AccountError {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Database(error.into())
    }
}

impl From<Denied> for AccountError {
    fn from(denied: Denied) -> Self {
        Self::Database(denied.into())
    }
}

impl DomainError for AccountError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Database(error) => error.kind(),
            Self::Key(_) | Self::Hashing => ErrorKind::Internal,
            Self::Invalid(_) | Self::WrongCredentials | Self::WrongCode => ErrorKind::Invalid,
            Self::NotFound => ErrorKind::NotFound,
            Self::Stale => ErrorKind::Stale,
            Self::TooManyAttempts(_) => ErrorKind::RateLimited,
            Self::LinkUnusable
            | Self::SetupLost
            | Self::SecondFactorOn
            | Self::SecondFactorOff
            | Self::SecondFactorRequired
            | Self::InvitationAccepted
            | Self::LastStructureAdministrator
            | Self::LastAdministrator => ErrorKind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Database(error) => error.code(),
            Self::Key(_) | Self::Hashing => "internal",
            Self::Invalid(_) => "invalid",
            Self::NotFound => "not-found",
            Self::Stale => "stale",
            Self::LinkUnusable => "link-unusable",
            Self::WrongCredentials => "wrong-credentials",
            Self::WrongCode => "wrong-code",
            Self::TooManyAttempts(_) => "too-many-attempts",
            Self::SetupLost => "second-factor-setup-lost",
            Self::SecondFactorOn => "second-factor-on",
            Self::SecondFactorOff => "second-factor-off",
            Self::SecondFactorRequired => "second-factor-required",
            Self::InvitationAccepted => "invitation-accepted",
            Self::LastStructureAdministrator => "last-structure-administrator",
            Self::LastAdministrator => "last-administrator",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Database(error) => error.detail(),
            Self::Key(_) | Self::Hashing => INTERNAL_DETAIL.to_owned(),
            Self::Invalid(_) => labels::INVALID.to_owned(),
            Self::NotFound => labels::NOT_FOUND.to_owned(),
            Self::Stale => labels::STALE.to_owned(),
            Self::LinkUnusable => labels::LINK_UNUSABLE.to_owned(),
            Self::WrongCredentials => labels::WRONG_CREDENTIALS.to_owned(),
            Self::WrongCode => labels::WRONG_CODE.to_owned(),
            Self::TooManyAttempts(wait) => labels::too_many_attempts(*wait),
            Self::SetupLost => labels::SETUP_LOST.to_owned(),
            Self::SecondFactorOn => labels::SECOND_FACTOR_ON.to_owned(),
            Self::SecondFactorOff => labels::SECOND_FACTOR_OFF.to_owned(),
            Self::SecondFactorRequired => labels::SECOND_FACTOR_REQUIRED.to_owned(),
            Self::InvitationAccepted => labels::INVITATION_ACCEPTED.to_owned(),
            Self::LastStructureAdministrator => labels::LAST_STRUCTURE_ADMINISTRATOR.to_owned(),
            Self::LastAdministrator => labels::LAST_ADMINISTRATOR.to_owned(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            _ => Vec::new(),
        }
    }
}
