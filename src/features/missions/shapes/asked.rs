//! What the operations on missions take.

use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::words::{DeclineReasonWord, MissionDutyWord, ModeWord, ObjectWord};
use crate::features::missions::actions::{Proposal, Substitutes};
use crate::features::missions::input::TypedMission;
use crate::features::ties::shapes::TieWord;
use crate::http::api::{LongText, ShortText};
use crate::rules::money;
use crate::rules::typed_date::iso;

/// A mission to propose.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionIn", deny_unknown_fields)]
pub struct MissionIn {
    /// Whom it is offered to.
    pub expert_id: Uuid,
    /// What for.
    pub object: ObjectWord,
    /// What it is called.
    pub title: ShortText,
    /// The habilitation needed; that of the object when left out.
    pub duty: Option<MissionDutyWord>,
    /// In which structure.
    pub structure_id: Option<Uuid>,
    /// In which site of the structure.
    pub site_id: Option<Uuid>,
    /// For which certification.
    pub certification_id: Option<Uuid>,
    /// The other certifications that it is for.
    #[oai(default, validator(max_items = 20))]
    pub other_certification_ids: Vec<Uuid>,
    /// How people meet; at a distance when there is neither a structure nor a department, if left out.
    pub mode: Option<ModeWord>,
    /// Address; that of the structure when left out.
    pub place: Option<ShortText>,
    /// INSEE code of the department; that of the structure when left out.
    pub department: Option<ShortText>,
    /// IANA zone; that of the department when left out.
    pub zone: Option<ShortText>,
    /// First day, where it takes place.
    pub starts_on: Date,
    /// Hour of the start, `09:00`, where it takes place.
    pub starts_time: ShortText,
    /// Last day; the first when left out.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// One person to meet per line.
    pub persons: Option<LongText>,
    /// What to know.
    pub instructions: Option<LongText>,
    /// Fee, in cents; the usual one of the object when left out.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub fee_cents: Option<i64>,
    /// Most expenses, in cents.
    #[oai(validator(minimum(value = "0"), maximum(value = "10000000")))]
    pub expenses_ceiling_cents: Option<i64>,
    /// Last day to answer; the usual delay when left out.
    pub answer_by: Option<Date>,
    /// Why it is offered in spite of a warning of independence.
    pub tie_reason: Option<ShortText>,
    /// The cancelled mission that it resumes.
    pub resumes_id: Option<Uuid>,
}

impl MissionIn {
    /// The proposal, as typed.
    #[must_use]
    pub fn proposal(self) -> Proposal {
        let text = |text: Option<ShortText>| text.map(String::from).unwrap_or_default();
        let long = |text: Option<LongText>| text.map(String::from).unwrap_or_default();
        let euros = |cents: Option<i64>| cents.map(money::exact).unwrap_or_default();
        Proposal {
            mission: TypedMission {
                object: self.object.into(),
                title: self.title.0,
                duty: self.duty.map(Into::into),
                structure: self.structure_id.map(Into::into),
                site: self.site_id.map(Into::into),
                certification: self.certification_id.map(Into::into),
                also: self.other_certification_ids.into_iter().map(Into::into).collect(),
                mode: self.mode.map(Into::into),
                place: text(self.place),
                department: text(self.department),
                zone: text(self.zone),
                starts_on: iso(self.starts_on),
                starts_time: self.starts_time.0,
                ends_on: self.ends_on.map(iso).unwrap_or_default(),
                ends_time: self.ends_time.0,
                persons: long(self.persons),
                instructions: long(self.instructions),
                fee: euros(self.fee_cents),
                expenses_ceiling: euros(self.expenses_ceiling_cents),
            },
            expert: self.expert_id.into(),
            answer_by: self.answer_by,
            tie_reason: self.tie_reason.map(String::from),
            resumes: self.resumes_id.map(Into::into),
        }
    }
}

/// Why a person declines or drops out.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionRefusalIn", deny_unknown_fields)]
pub struct RefusalIn {
    /// The reason.
    pub reason: DeclineReasonWord,
    /// A few words; needed for another reason.
    pub note: Option<LongText>,
    /// The tie with the structure, for that reason: it is added to the declared ones.
    pub tie: Option<TieWord>,
}

/// Someone drops out, and who is asked next.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionDropOutIn", deny_unknown_fields)]
pub struct DropOutIn {
    /// The reason.
    pub reason: DeclineReasonWord,
    /// A few words; needed for another reason.
    pub note: Option<LongText>,
    /// The people asked, in this order; the team alone names them.
    #[oai(default, validator(max_items = 20))]
    pub substitutes: Vec<SubstituteIn>,
    /// Hours that each has to answer; the usual ones when left out.
    pub hours: Option<u16>,
}

/// Someone to ask.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionSubstituteIn", deny_unknown_fields)]
pub struct SubstituteIn {
    /// The person.
    pub expert_id: Uuid,
    /// Why, in spite of a warning of independence.
    pub tie_reason: Option<ShortText>,
}

/// People to offer a vacant mission to.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionOfferIn", deny_unknown_fields)]
pub struct OfferIn {
    /// The people asked, in this order.
    #[oai(validator(max_items = 20))]
    pub substitutes: Vec<SubstituteIn>,
    /// Hours that each has to answer; the usual ones when left out.
    pub hours: Option<u16>,
}

/// The people, as the actions take them.
#[must_use]
pub fn substitutes(people: Vec<SubstituteIn>, hours: Option<u16>) -> Substitutes {
    let one = |one: SubstituteIn| (one.expert_id.into(), one.tie_reason.map(String::from));
    Substitutes { people: people.into_iter().map(one).collect(), hours }
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionReasonIn", deny_unknown_fields)]
pub struct ReasonIn {
    /// Why; told to the people concerned.
    pub reason: LongText,
}

/// Other dates.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionMoveIn", deny_unknown_fields)]
pub struct MoveIn {
    /// First day, where it takes place.
    pub starts_on: Date,
    /// Hour of the start.
    pub starts_time: ShortText,
    /// Last day; the first when left out.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// Why; told to the people concerned.
    pub reason: LongText,
}

/// How satisfied those for whom a mission was done were.
#[derive(Clone, Copy, Debug, Object)]
#[oai(rename = "MissionScoreIn", deny_unknown_fields)]
pub struct ScoreIn {
    /// From 1, not at all, to 5, entirely.
    pub score: u16,
}

/// A report.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MissionReportIn", deny_unknown_fields)]
pub struct ReportIn {
    /// What was done and seen.
    pub report: LongText,
}
