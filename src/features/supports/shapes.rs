//! What the API answers of teaching supports, and what callers send.

use entity::ids::NonconformityId;
use entity::teaching_support;
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::input::{AcceptInput, PerformInput, RateInput, ReportInput, RequestInput, ScheduleInput};
use super::labels;
use super::queries::Whole;
use crate::features::agreements::api::words::ModeWord;
use crate::http::api::words::words;
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

words! {
    /// Where a teaching support stands.
    StateWord as "TeachingSupportState" for entity::teaching_support::SupportState {
        /// Wanted.
        Requested,
        /// Its budget and its payer are known.
        Accepted,
        /// It will not be given.
        Refused,
        /// It has its date.
        Scheduled,
        /// It took place.
        Performed,
        /// Its report arrived.
        Reported,
        /// Over.
        Closed,
        /// It does not take place.
        Cancelled,
    }
    /// Who wants it.
    OriginWord as "TeachingSupportOrigin" for entity::teaching_support::SupportOrigin {
        /// The structure.
        Asked,
        /// A contrôleur, after an inspection.
        Recommended,
        /// The certifier.
        Imposed,
    }
    /// Who pays.
    PayerWord as "TeachingSupportPayer" for entity::teaching_support::Payer {
        /// The certifier.
        Certifier,
        /// The structure.
        Structure,
        /// The operator of skills.
        Opco,
        /// Somebody else.
        Other,
    }
}

/// A support to ask for.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct TeachingSupportIn {
    /// For which structure.
    pub structure_id: Uuid,
    /// On which site; none for the whole structure.
    pub site_id: Option<Uuid>,
    /// About which agreement; none for the team, whatever the certification.
    pub agreement_id: Option<Uuid>,
    /// Who wants it.
    pub origin: OriginWord,
    /// The inspection from which it comes.
    pub inspection_id: Option<Uuid>,
    /// The gaps that it helps to put right.
    #[oai(default)]
    pub nonconformity_ids: Vec<Uuid>,
    /// What is needed.
    pub need: LongText,
    /// What it must lead to.
    pub objectives: LongText,
    /// How it is given.
    pub mode: ModeWord,
}

impl From<TeachingSupportIn> for RequestInput {
    fn from(body: TeachingSupportIn) -> Self {
        Self {
            structure: body.structure_id.into(),
            site: body.site_id.map(Into::into),
            agreement: body.agreement_id.map(Into::into),
            origin: body.origin.into(),
            inspection: body.inspection_id.map(Into::into),
            gaps: body.nonconformity_ids.into_iter().map(NonconformityId).collect(),
            need: body.need.0,
            objectives: body.objectives.0,
            mode: body.mode.into(),
        }
    }
}

/// Its budget.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportBudgetIn {
    /// Half-days agreed.
    pub half_days: i32,
    /// What it costs, in cents.
    pub cost_cents: i64,
    /// Who pays.
    pub payer: PayerWord,
}

impl From<SupportBudgetIn> for AcceptInput {
    fn from(body: SupportBudgetIn) -> Self {
        let SupportBudgetIn { half_days, cost_cents, payer } = body;
        Self { half_days, cost_cents, payer: Some(payer.into()) }
    }
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportReasonIn {
    /// In words.
    pub reason: LongText,
}

/// Its date and who gives it.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportDateIn {
    /// Who.
    pub expert_id: Uuid,
    /// First day.
    pub starts_on: Date,
    /// Hour of the start, where the structure is.
    pub starts_time: ShortText,
    /// Last day; the first unless given.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// Why in spite of a warning.
    #[oai(default)]
    pub tie_reason: LongText,
}

impl From<SupportDateIn> for ScheduleInput {
    fn from(body: SupportDateIn) -> Self {
        Self {
            expert: body.expert_id.into(),
            starts_on: iso(body.starts_on),
            starts_time: body.starts_time.0,
            ends_on: body.ends_on.map(iso).unwrap_or_default(),
            ends_time: body.ends_time.0,
            tie_reason: body.tie_reason.0,
        }
    }
}

/// Another date.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportMoveIn {
    /// First day.
    pub starts_on: Date,
    /// Hour of the start, where the structure is.
    pub starts_time: ShortText,
    /// Last day; the first unless given.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// Why.
    pub reason: LongText,
}

/// What took place.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportGivenIn {
    /// Minutes given.
    pub minutes: i32,
    /// Who was there, one per line.
    pub persons: LongText,
}

impl From<SupportGivenIn> for PerformInput {
    fn from(body: SupportGivenIn) -> Self {
        Self { minutes: body.minutes, persons: body.persons.0 }
    }
}

/// The report.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportReportIn {
    /// What was done.
    pub report: LongText,
    /// What the structure does next, one action per line.
    pub actions: LongText,
}

impl From<SupportReportIn> for ReportInput {
    fn from(body: SupportReportIn) -> Self {
        Self { report: body.report.0, actions: body.actions.0 }
    }
}

/// How satisfied the structure is.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SupportRatingIn {
    /// From 1 to 5.
    pub satisfaction: i32,
    /// In words.
    #[oai(default)]
    pub text: LongText,
}

impl From<SupportRatingIn> for RateInput {
    fn from(body: SupportRatingIn) -> Self {
        Self { satisfaction: body.satisfaction, text: body.text.0 }
    }
}

/// A line of the list of teaching supports.
#[derive(Clone, Debug, Object)]
pub struct TeachingSupportLine {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
    /// For which structure.
    pub structure_id: Uuid,
    /// About which agreement.
    pub agreement_id: Option<Uuid>,
    /// Who wants it.
    pub origin: OriginWord,
    /// Where it stands.
    pub state: StateWord,
    /// The same, in French.
    pub state_label: String,
    /// How it is given.
    pub mode: ModeWord,
    /// When it was asked for.
    pub requested_at: OffsetDateTime,
    /// Its beginning.
    pub starts_at: Option<OffsetDateTime>,
    /// Its end.
    pub ends_at: Option<OffsetDateTime>,
    /// Version.
    pub version: i32,
}

impl From<&teaching_support::Model> for TeachingSupportLine {
    fn from(row: &teaching_support::Model) -> Self {
        Self {
            id: row.id.0,
            number: row.number.clone(),
            structure_id: row.structure_id.0,
            agreement_id: row.agreement_id.map(|id| id.0),
            origin: row.origin.into(),
            state: row.state.into(),
            state_label: labels::state(row.state).word.to_owned(),
            mode: row.mode.into(),
            requested_at: *row.requested_at,
            starts_at: row.starts_at.map(|at| *at),
            ends_at: row.ends_at.map(|at| *at),
            version: row.version,
        }
    }
}

/// A page of teaching supports.
#[derive(Clone, Debug, Object)]
pub struct TeachingSupportPage {
    /// The supports.
    pub items: Vec<TeachingSupportLine>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A teaching support.
#[derive(Clone, Debug, Object)]
pub struct TeachingSupportOut {
    /// The support.
    #[oai(flatten)]
    pub support: TeachingSupportLine,
    /// Name of the structure.
    pub structure_name: String,
    /// What is needed.
    pub need: String,
    /// What it must lead to.
    pub objectives: String,
    /// The inspection from which it comes.
    pub inspection_id: Option<Uuid>,
    /// The gaps that it helps to put right.
    pub nonconformity_ids: Vec<Uuid>,
    /// Half-days agreed.
    pub half_days: Option<i32>,
    /// What it costs, in cents.
    pub cost_cents: Option<i64>,
    /// Who pays.
    pub payer: Option<PayerWord>,
    /// Why it was refused or cancelled.
    pub reason: Option<String>,
    /// Who gives it.
    pub expert_id: Option<Uuid>,
    /// Its mission.
    pub mission_id: Option<Uuid>,
    /// Where.
    pub place: String,
    /// When it was recorded as done.
    pub performed_at: Option<OffsetDateTime>,
    /// Minutes given.
    pub minutes_given: Option<i32>,
    /// What was done.
    pub report: Option<String>,
    /// What the structure does next, one action per line.
    pub actions: Option<String>,
    /// When the report arrived.
    pub reported_at: Option<OffsetDateTime>,
    /// From 1 to 5, as the structure says.
    pub satisfaction: Option<i32>,
    /// The same, in words.
    pub satisfaction_text: Option<String>,
    /// When it was closed.
    pub closed_at: Option<OffsetDateTime>,
}

impl From<&Whole> for TeachingSupportOut {
    fn from(whole: &Whole) -> Self {
        let row = &whole.dossier.support;
        Self {
            support: row.into(),
            structure_name: whole.dossier.structure.name.clone(),
            need: row.need.clone(),
            objectives: row.objectives.clone(),
            inspection_id: row.inspection_id.map(|id| id.0),
            nonconformity_ids: whole.gaps.iter().map(|gap| gap.id.0).collect(),
            half_days: row.half_days,
            cost_cents: row.cost_cents,
            payer: row.payer.map(Into::into),
            reason: row.reason.clone(),
            expert_id: row.expert_id.map(|id| id.0),
            mission_id: row.mission_id.map(|id| id.0),
            place: row.place.clone(),
            performed_at: row.performed_at.map(|at| *at),
            minutes_given: row.minutes_given,
            report: row.report.clone(),
            actions: row.actions.clone(),
            reported_at: row.reported_at.map(|at| *at),
            satisfaction: row.satisfaction,
            satisfaction_text: row.satisfaction_text.clone(),
            closed_at: row.closed_at.map(|at| *at),
        }
    }
}
