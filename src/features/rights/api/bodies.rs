//! What a call of the API sends about a right recorded by hand.

use entity::dated_right::RightKind;
use poem_openapi::{Enum, Object};
use time::Date;

use super::super::input::{TypedEnd, TypedRecord};
use crate::http::api::ShortText;
use crate::rules::typed_date::iso;

/// What the certifying body holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "CertifierRightKind", rename_all = "snake_case")]
pub enum CertifierRightWord {
    /// Qualiopi certificate.
    Qualiopi,
    /// Insurance.
    Insurance,
}

impl CertifierRightWord {
    /// The kind of the right.
    #[must_use]
    pub const fn kind(self) -> RightKind {
        match self {
            Self::Qualiopi => RightKind::Qualiopi,
            Self::Insurance => RightKind::Insurance,
        }
    }
}

/// A certificate or an insurance of the certifying body.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CertifierRightIn {
    /// What is held.
    pub kind: CertifierRightWord,
    /// What its paper calls it.
    pub number: ShortText,
    /// Who gave it.
    pub issuer: ShortText,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

impl CertifierRightIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedRecord {
        TypedRecord {
            number: self.number.0,
            issuer: self.issuer.0,
            starts_on: iso(self.starts_on),
            ends_on: iso(self.ends_on),
        }
    }
}

/// The State convention of a structure as ACI.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ConventionIn {
    /// What its paper calls it.
    pub number: ShortText,
    /// The service of the State that gave it.
    pub issuer: ShortText,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
}

impl ConventionIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedRecord {
        TypedRecord {
            number: self.number.0,
            issuer: self.issuer.0,
            starts_on: iso(self.starts_on),
            ends_on: iso(self.ends_on),
        }
    }
}

/// An end before the term.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightEndIn {
    /// The last day, inside the days of the right.
    pub ends_on: Date,
    /// Why.
    pub reason: ShortText,
}

impl RightEndIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> TypedEnd {
        TypedEnd { ends_on: iso(self.ends_on), reason: self.reason.0 }
    }
}

/// A right recorded by mistake.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightTakenBackIn {
    /// Why.
    pub reason: ShortText,
}
