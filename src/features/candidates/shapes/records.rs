//! The livret, the measures and the ties of a candidate.

use entity::candidate_observation::Observed;
use entity::candidate_tie::CandidateTieKind;
use entity::{candidate_adaptation, candidate_immersion, candidate_observation};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::super::adaptations::Agreed;
use super::super::input::{TypedAdaptation, TypedImmersion, TypedObservation, TypedTie};
use super::super::livret;
use super::super::queries::{Livret, LivretSkill};
use super::words::{CandidateTieWord, ObservedWord, ResultWord, TieSourceWord};
use crate::features::ties::judged::Bond;
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

/// An observation of a skill.
#[derive(Clone, Debug, Object)]
pub struct CandidateObservationOut {
    /// Key.
    pub id: Uuid,
    /// Key of the skill.
    pub skill_id: Uuid,
    /// When.
    pub observed_on: Date,
    /// The real work situation.
    pub situation: String,
    /// Who assessed.
    pub assessor: String,
    /// Their key, when they are an expert of the network.
    pub assessor_expert_id: Option<Uuid>,
    /// What was seen.
    pub result: ObservedWord,
    /// What the assessor adds.
    pub comment: String,
    /// What the candidate says of it.
    pub candidate_comment: String,
    /// When it was taken back.
    pub voided_at: Option<OffsetDateTime>,
    /// Why.
    pub void_reason: Option<String>,
}

impl From<&candidate_observation::Model> for CandidateObservationOut {
    fn from(row: &candidate_observation::Model) -> Self {
        Self {
            id: row.id.0,
            skill_id: row.skill_id.0,
            observed_on: row.observed_on,
            situation: row.situation.clone(),
            assessor: row.assessor.clone(),
            assessor_expert_id: row.assessor_expert_id.map(|id| id.0),
            result: row.result.into(),
            comment: row.comment.clone(),
            candidate_comment: row.candidate_comment.clone(),
            voided_at: row.voided_at.map(|at| *at),
            void_reason: row.void_reason.clone(),
        }
    }
}

/// A skill of a livret.
#[derive(Clone, Debug, Object)]
pub struct CandidateLivretSkill {
    /// Key.
    pub id: Uuid,
    /// Code.
    pub code: String,
    /// What it says.
    pub wording: String,
    /// What the positioning found.
    pub positioned: Option<ResultWord>,
    /// How many observations it still needs before the file is handed in.
    pub wanting: u32,
    /// The observations that count, oldest first.
    pub observations: Vec<CandidateObservationOut>,
}

impl From<&LivretSkill> for CandidateLivretSkill {
    fn from(one: &LivretSkill) -> Self {
        Self {
            id: one.skill.id.0,
            code: one.skill.code.clone(),
            wording: one.skill.wording.clone(),
            positioned: one.positioned.map(Into::into),
            wanting: u32::try_from(one.wanting()).unwrap_or(u32::MAX),
            observations: one.observations.iter().map(Into::into).collect(),
        }
    }
}

/// A time in a company.
#[derive(Clone, Debug, Object)]
pub struct CandidateImmersionOut {
    /// Key.
    pub id: Uuid,
    /// The company.
    pub company: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Who followed the candidate there.
    pub tutor: String,
    /// What they say.
    pub evaluation: String,
}

impl From<&candidate_immersion::Model> for CandidateImmersionOut {
    fn from(row: &candidate_immersion::Model) -> Self {
        Self {
            id: row.id.0,
            company: row.company.clone(),
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            tutor: row.tutor.clone(),
            evaluation: row.evaluation.clone(),
        }
    }
}

/// A livret.
#[derive(Clone, Debug, Object)]
pub struct CandidateLivretOut {
    /// The skills of the referential, in its order; none while no referential is published.
    pub skills: Vec<CandidateLivretSkill>,
    /// The times in companies, oldest first.
    pub immersions: Vec<CandidateImmersionOut>,
    /// The observations that were taken back.
    pub voided: Vec<CandidateObservationOut>,
    /// What keeps the file from being handed in, in French.
    pub lacking: Vec<String>,
}

impl From<&Livret> for CandidateLivretOut {
    fn from(found: &Livret) -> Self {
        Self {
            skills: found.skills.iter().map(Into::into).collect(),
            immersions: found.immersions.iter().map(Into::into).collect(),
            voided: found.voided.iter().map(Into::into).collect(),
            lacking: found.thin().iter().map(livret::labels::thin).collect(),
        }
    }
}

fn text(typed: Option<&ShortText>) -> String {
    typed.map(|text| text.0.clone()).unwrap_or_default()
}

fn long(typed: Option<&LongText>) -> String {
    typed.map(|text| text.0.clone()).unwrap_or_default()
}

/// An observation to add.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateObservationIn {
    /// Key of the skill.
    pub skill_id: Uuid,
    /// When.
    pub observed_on: Date,
    /// The real work situation.
    pub situation: LongText,
    /// Name of who assessed.
    pub assessor: ShortText,
    /// Their number, when they are an expert of the network: they do not judge this candidate.
    pub assessor_number: Option<ShortText>,
    /// What was seen.
    pub result: ObservedWord,
    /// What the assessor adds.
    pub comment: Option<LongText>,
    /// What the candidate says of it.
    pub candidate_comment: Option<LongText>,
}

impl CandidateObservationIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedObservation {
        TypedObservation {
            skill: Some(self.skill_id.into()),
            observed_on: iso(self.observed_on),
            situation: self.situation.0.clone(),
            assessor: self.assessor.0.clone(),
            assessor_number: text(self.assessor_number.as_ref()),
            result: Observed::from(self.result).word(),
            comment: long(self.comment.as_ref()),
            candidate_comment: long(self.candidate_comment.as_ref()),
        }
    }
}

/// A time in a company, to add.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateImmersionIn {
    /// The company.
    pub company: ShortText,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Who follows the candidate there.
    pub tutor: Option<ShortText>,
    /// What they say.
    pub evaluation: Option<LongText>,
}

impl CandidateImmersionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedImmersion {
        TypedImmersion {
            company: self.company.0.clone(),
            starts_on: iso(self.starts_on),
            ends_on: iso(self.ends_on),
            tutor: text(self.tutor.as_ref()),
            evaluation: long(self.evaluation.as_ref()),
        }
    }
}

/// Why something is taken back.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateVoidIn {
    /// Why.
    pub reason: ShortText,
}

/// A measure that was agreed for a candidate.
#[derive(Clone, Object)]
pub struct CandidateAdaptationOut {
    /// Key.
    pub id: Uuid,
    /// What was agreed, never what it comes from.
    pub measure: String,
    /// When the candidate said yes.
    pub consented_on: Date,
    /// When it ended; none while it is in force.
    pub ended_at: Option<OffsetDateTime>,
}

impl From<&Agreed> for CandidateAdaptationOut {
    fn from(one: &Agreed) -> Self {
        Self {
            id: one.row.id.0,
            measure: one.measure.clone(),
            consented_on: one.row.consented_on,
            ended_at: one.row.ended_at.map(|at| *at),
        }
    }
}

/// The measures of a candidate.
#[derive(Clone, Object)]
pub struct CandidateAdaptations {
    /// Those in force first.
    pub items: Vec<CandidateAdaptationOut>,
}

/// A measure that was written, without what it says.
#[derive(Clone, Debug, Object)]
pub struct CandidateAdaptationRef {
    /// Key.
    pub id: Uuid,
    /// When the candidate said yes.
    pub consented_on: Date,
    /// When it ended; none while it is in force.
    pub ended_at: Option<OffsetDateTime>,
}

impl From<&candidate_adaptation::Model> for CandidateAdaptationRef {
    fn from(row: &candidate_adaptation::Model) -> Self {
        Self { id: row.id.0, consented_on: row.consented_on, ended_at: row.ended_at.map(|at| *at) }
    }
}

/// A measure to agree on.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateAdaptationIn {
    /// What is done: more time, a reader, a room. Never a diagnosis.
    pub measure: LongText,
    /// When the candidate said yes.
    pub consented_on: Date,
}

impl CandidateAdaptationIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAdaptation {
        TypedAdaptation { measure: self.measure.0.clone(), consented_on: iso(self.consented_on) }
    }
}

/// A tie between a candidate and an expert.
#[derive(Clone, Debug, Object)]
pub struct CandidateTieOut {
    /// Key; none when observations tell it.
    pub id: Option<Uuid>,
    /// Key of the candidate.
    pub candidate_id: Uuid,
    /// Number of the candidate.
    pub candidate_number: String,
    /// Key of the expert.
    pub expert_id: Uuid,
    /// Number of the expert.
    pub expert_number: String,
    /// What it is.
    pub kind: CandidateTieWord,
    /// First day.
    pub since: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// Where it is known from.
    pub source: TieSourceWord,
}

impl From<&Bond> for CandidateTieOut {
    fn from(bond: &Bond) -> Self {
        Self {
            id: bond.id.map(|id| id.0),
            candidate_id: bond.candidate.id.0,
            candidate_number: bond.candidate.number.clone(),
            expert_id: bond.expert.id.0,
            expert_number: bond.expert.number.clone(),
            kind: bond.kind.into(),
            since: bond.since,
            until: bond.until,
            source: bond.source.into(),
        }
    }
}

/// Ties between candidates and experts.
#[derive(Clone, Debug, Object)]
pub struct CandidateTies {
    /// The latest first.
    pub items: Vec<CandidateTieOut>,
}

impl CandidateTies {
    /// The shape of some ties.
    #[must_use]
    pub fn of(bonds: &[Bond]) -> Self {
        Self { items: bonds.iter().map(Into::into).collect() }
    }
}

/// A tie of a candidate, to declare.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct CandidateTieIn {
    /// Number of the expert.
    pub expert_number: ShortText,
    /// Name of the expert, which whoever is not of the team gives with the number.
    pub expert_name: Option<ShortText>,
    /// What it is.
    pub kind: CandidateTieWord,
    /// First day; that of the declaration when it is left out.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// The candidate says it, and the team only writes it.
    pub by_candidate: Option<bool>,
}

/// A tie of an expert, to declare.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ExpertCandidateTieIn {
    /// Number of the file of the candidate.
    pub candidate_number: ShortText,
    /// What it is.
    pub kind: CandidateTieWord,
    /// First day; that of the declaration when it is left out.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
}

fn tie(kind: CandidateTieWord, since: Option<Date>, until: Option<Date>, by_candidate: bool) -> TypedTie {
    let day = |day: Option<Date>| day.map(iso).unwrap_or_default();
    TypedTie { kind: CandidateTieKind::from(kind).word(), since: day(since), until: day(until), by_candidate }
}

impl CandidateTieIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTie {
        tie(self.kind, self.since, self.until, self.by_candidate.unwrap_or_default())
    }
}

impl ExpertCandidateTieIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedTie {
        tie(self.kind, self.since, self.until, false)
    }
}
