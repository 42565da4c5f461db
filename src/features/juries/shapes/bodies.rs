//! What a call of the API sends about a session.

use entity::availability_day::HalfDay;
use entity::ids::{CandidateId, CertificationVersionId, SiteId, StructureId};
use entity::jury_session::JuryMode;
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::super::input::{TypedMove, TypedPlan, TypedRequest, TypedWish};
use super::words::{HalfWord, ModeWord};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

/// A wished half-day.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryWishIn {
    /// The day, to come.
    pub day: Date,
    /// Its half.
    pub half: HalfWord,
}

/// A request of a jury.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryIn {
    /// Key of the structure, which holds an agreement to organise the assessment.
    pub structure_id: Uuid,
    /// Key of its site; its seat unless given.
    pub site_id: Option<Uuid>,
    /// Key of the version of the certification.
    pub certification_version_id: Uuid,
    /// How many candidates, 60 at most.
    pub expected: i32,
    /// Half-days, the best first, three at most.
    #[oai(default, validator(max_items = 10))]
    pub wishes: Vec<JuryWishIn>,
    /// Where people sit.
    pub mode: ModeWord,
    /// The room.
    pub room: Option<ShortText>,
    /// How the place is reached and what is adapted in it.
    pub accessibility: Option<LongText>,
    /// A word to the team.
    pub note: Option<LongText>,
    /// Keys of candidates who may sit, in their order.
    #[oai(default, validator(max_items = 200))]
    pub candidates: Vec<Uuid>,
}

impl JuryIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedRequest {
        let long = |text: &Option<LongText>| text.as_ref().map(|text| text.0.clone()).unwrap_or_default();
        let wish = |one: &JuryWishIn| TypedWish { day: iso(one.day), half: HalfDay::from(one.half).word() };
        TypedRequest {
            structure: StructureId(self.structure_id),
            site: self.site_id.map(SiteId),
            version: CertificationVersionId(self.certification_version_id),
            expected: self.expected.to_string(),
            wishes: self.wishes.iter().map(wish).collect(),
            mode: JuryMode::from(self.mode).word(),
            room: self.room.as_ref().map(|text| text.0.clone()).unwrap_or_default(),
            accessibility: long(&self.accessibility),
            note: long(&self.note),
            candidates: self.candidates.iter().copied().map(CandidateId).collect(),
        }
    }
}

/// When and where a session takes place.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryPlanIn {
    /// The day, in the zone of the place.
    pub day: Date,
    /// `09:30`, in the zone of the place.
    pub starts_time: ShortText,
    /// `12:30`; what its candidates need unless given.
    pub ends_time: Option<ShortText>,
    /// Where people sit.
    pub mode: ModeWord,
    /// Address or link; the address of the site unless given.
    pub place: Option<ShortText>,
    /// The room, needed unless the jury is at a distance.
    pub room: Option<ShortText>,
}

impl JuryPlanIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedPlan {
        let text = |text: &Option<ShortText>| text.as_ref().map(|text| text.0.clone()).unwrap_or_default();
        TypedPlan {
            day: iso(self.day),
            starts_time: self.starts_time.0.clone(),
            ends_time: text(&self.ends_time),
            mode: JuryMode::from(self.mode).word(),
            place: text(&self.place),
            room: text(&self.room),
        }
    }
}

/// Another date.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryPostponeIn {
    /// The day, in the zone of the place.
    pub day: Date,
    /// `09:30`, in the zone of the place.
    pub starts_time: ShortText,
    /// Why; everybody reads it.
    pub reason: ShortText,
}

impl JuryPostponeIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedMove {
        TypedMove {
            day: iso(self.day),
            starts_time: self.starts_time.0.clone(),
            reason: self.reason.0.clone(),
        }
    }
}

/// The candidates of a session.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryCandidatesIn {
    /// Keys of candidates, in the order of their turns; those who are not named go out.
    #[oai(validator(max_items = 200))]
    pub candidates: Vec<Uuid>,
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryReasonIn {
    /// Why; whoever is told reads it.
    pub reason: ShortText,
}
