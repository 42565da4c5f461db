//! What callers send to decide, and to what follows a decision.

use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use crate::features::agreements::input::{LetterInput, ReserveInput};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

/// The committee chosen.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AgendaIn {
    /// A planned committee.
    pub committee_id: Uuid,
}

/// A grant.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct GrantIn {
    /// First day of the right.
    pub starts_on: Date,
    /// Last day; the longest allowed unless given.
    pub ends_on: Option<Date>,
    /// Text of the letter.
    #[oai(default)]
    pub text: LongText,
    /// It takes the place of the agreement that the structure holds, which ends the day before.
    #[oai(default)]
    pub replaces: bool,
}

/// A reserve.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ReserveIn {
    /// What remains to be done.
    pub text: LongText,
    /// By when, inclusive.
    pub due_on: Date,
}

impl From<ReserveIn> for ReserveInput {
    fn from(reserve: ReserveIn) -> Self {
        Self { text: reserve.text.0, due_on: reserve.due_on }
    }
}

/// A grant with reserves.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct GrantWithReservesIn {
    /// First day of the right.
    pub starts_on: Date,
    /// Last day; the longest allowed unless given.
    pub ends_on: Option<Date>,
    /// What remains to be done; at least one.
    pub reserves: Vec<ReserveIn>,
    /// Text of the letter.
    #[oai(default)]
    pub text: LongText,
    /// It takes the place of the agreement that the structure holds, which ends the day before.
    #[oai(default)]
    pub replaces: bool,
}

/// An adjournment.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AdjournIn {
    /// What is missing.
    pub text: LongText,
    /// By when.
    pub due_on: Date,
}

/// Reasons, repeated word for word in the letter.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ReasonsIn {
    /// The reasons, one a line.
    pub reasons: LongText,
}

/// The registered letter of a refusal.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct LetterIn {
    /// Number that the post printed, 40 characters at most.
    pub number: ShortText,
    /// Day on which it was sent.
    pub sent_on: Date,
    /// Day on which the post presented it; none while it travels.
    pub presented_on: Option<Date>,
}

impl From<LetterIn> for LetterInput {
    fn from(letter: LetterIn) -> Self {
        Self {
            number: letter.number.0,
            sent_on: iso(letter.sent_on),
            presented_on: letter.presented_on.map(iso).unwrap_or_default(),
        }
    }
}

/// Where the examination resumes.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ResumeIn {
    /// The committee; none = another visit by the same contrôleur.
    pub committee_id: Option<Uuid>,
}

/// A refusal that falls.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct OverturnIn {
    /// The reasons of the answer.
    pub reasons: LongText,
    /// The committee that looks at the file again.
    pub committee_id: Option<Uuid>,
}

/// A committee to plan.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CommitteeIn {
    /// Day of the meeting.
    pub meets_on: Date,
    /// IANA zone; that of Paris unless given.
    pub zone: Option<ShortText>,
    /// Place, or link of the meeting.
    pub place: ShortText,
}

/// A committee to move.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CommitteeMoveIn {
    /// New day of the meeting.
    pub meets_on: Date,
    /// IANA zone; the same unless given.
    pub zone: Option<ShortText>,
    /// Place, or link of the meeting; the same unless given.
    pub place: Option<ShortText>,
    /// Why, told to those who sit on it.
    pub reason: LongText,
}

/// A committee to cancel.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CommitteeCancelIn {
    /// Why, told to those who sit on it.
    pub reason: LongText,
}

/// A signature.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SignIn {
    /// Name of the person who signs.
    pub name: ShortText,
    /// In which quality; that of the person known to sign unless given.
    pub quality: Option<ShortText>,
}

/// What proves that a reserve is done.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct EvidenceIn {
    /// The evidence.
    pub evidence: LongText,
}
