//! What the operations on files of habilitation take and give.

use poem_openapi::{Enum, Object};
use time::Date;
use uuid::Uuid;

use super::super::super::shapes::{DutyWord, HabilitationOut, PieceWord, StepWord};
use super::super::super::{queries, renewal};
use crate::http::api::{LongText, ShortText};

/// An application.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct ApplicationIn {
    /// Who applies.
    pub expert_id: Uuid,
    /// What it would allow.
    pub duty: DutyWord,
    /// Only this certification; all unless given.
    pub certification_id: Option<Uuid>,
    /// INSEE codes of regions; everywhere when empty.
    #[oai(default)]
    pub regions: Vec<ShortText>,
    /// Experience and wishes.
    pub motivation: LongText,
}

/// What begins a training.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct AdmissionIn {
    /// Day of the interview.
    pub interview_on: Date,
    /// What was said.
    #[oai(default)]
    pub interview: LongText,
    /// The expert who accompanies, habilitated for the same duty on the day of the act.
    pub senior_id: Uuid,
    /// What is planned.
    #[oai(default)]
    pub action_plan: LongText,
}

/// A step done.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct StepIn {
    /// What was done.
    pub kind: StepWord,
    /// The day.
    pub done_on: Date,
    /// Where.
    #[oai(default)]
    pub place: ShortText,
    /// The sheet: what was seen.
    pub sheet: LongText,
    /// The plan as it stands after the step; unchanged when empty.
    #[oai(default)]
    pub action_plan: LongText,
}

/// As what someone sits in a jury.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "JuryQuality", rename_all = "snake_case")]
pub enum QualityWord {
    /// Responsible for the certification.
    Manager,
    /// Experienced in the same duty.
    Senior,
    /// From outside.
    External,
}

/// A member of a jury.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryMemberIn {
    /// Name.
    pub name: ShortText,
    /// As what.
    pub quality: QualityWord,
}

/// A presentation to the jury.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PresentationIn {
    /// When it sits.
    pub jury_on: Date,
    /// Who sits.
    pub members: Vec<JuryMemberIn>,
}

/// What a jury decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "JuryVerdict", rename_all = "snake_case")]
pub enum VerdictWord {
    /// Granted, with conditions or without.
    Grant,
    /// Something must be done again.
    Defer,
    /// Refused.
    Refuse,
}

/// A decision.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct VerdictIn {
    /// What is decided.
    pub verdict: VerdictWord,
    /// First day, for a grant.
    pub starts_on: Option<Date>,
    /// Last day; the usual length unless given.
    pub ends_on: Option<Date>,
    /// Conditions of a grant; what to do again; why it is refused.
    #[oai(default)]
    pub text: LongText,
    /// Steps to do again.
    #[oai(default)]
    pub redo: Vec<StepWord>,
}

/// A reason, and a day.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, rename = "HabilitationReasonIn")]
pub struct ReasonIn {
    /// Why.
    #[oai(default)]
    pub reason: LongText,
    /// The day; today unless given.
    pub on: Option<Date>,
}

/// A renewal.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RenewalIn {
    /// Last day; the usual length unless given.
    pub ends_on: Option<Date>,
    /// Why conditions that are not met are set aside.
    #[oai(default)]
    pub waiver: LongText,
}

/// A piece of an expert.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct PieceIn {
    /// What it is.
    pub code: PieceWord,
    /// A word about it.
    #[oai(default)]
    pub note: ShortText,
    /// Its date; today unless given.
    pub proof_on: Option<Date>,
    /// Its last day.
    pub valid_until: Option<Date>,
}

/// A piece of an expert.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExpertPieceOut")]
pub struct PieceOut {
    /// Key.
    pub id: Uuid,
    /// What it is.
    pub code: PieceWord,
    /// A word about it.
    pub note: String,
    /// Its date.
    pub proof_on: Date,
    /// Its last day.
    pub valid_until: Option<Date>,
}

/// A step of a file.
#[derive(Clone, Debug, Object)]
pub struct StepOut {
    /// What was done.
    pub kind: StepWord,
    /// The day.
    pub done_on: Date,
    /// Where.
    pub place: String,
    /// What was seen.
    pub sheet: String,
}

/// Where a step stands.
#[derive(Clone, Debug, Object)]
pub struct ProgressOut {
    /// The step.
    pub kind: StepWord,
    /// How many times it is wanted.
    pub wanted: u32,
    /// How many times it was done.
    pub done: u32,
    /// The jury wants it once more.
    pub to_redo: bool,
}

/// A condition of the renewal.
#[derive(Clone, Debug, Object)]
pub struct ConditionOut {
    /// In words, with its numbers.
    pub sentence: String,
    /// How many are wanted.
    pub wanted: u32,
    /// How many were found.
    pub found: u32,
    /// Whether it is met.
    pub met: bool,
}

/// A file of habilitation, in a list.
#[derive(Clone, Debug, Object)]
pub struct HabilitationLineOut {
    /// What it allows, its state and its days.
    pub habilitation: HabilitationOut,
    /// Whose it is.
    pub expert_id: Uuid,
    /// Who accompanies.
    pub senior_id: Option<Uuid>,
}

impl From<&queries::Habilitation> for HabilitationLineOut {
    fn from(found: &queries::Habilitation) -> Self {
        Self {
            habilitation: found.into(),
            expert_id: found.file.expert_id.0,
            senior_id: found.file.senior_id.map(|id| id.0),
        }
    }
}

/// A page of files of habilitation.
#[derive(Clone, Debug, Object)]
pub struct HabilitationPage {
    /// The files.
    pub items: Vec<HabilitationLineOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A file of habilitation.
#[derive(Clone, Debug, Object)]
pub struct HabilitationFileOut {
    /// What it allows, its state and its days.
    pub habilitation: HabilitationOut,
    /// Whose it is.
    pub expert_id: Uuid,
    /// Who accompanies.
    pub senior_id: Option<Uuid>,
    /// When it was asked for.
    pub applied_on: Option<Date>,
    /// Whether the charter is signed.
    pub charter_signed: bool,
    /// Until when the declaration of interests is good.
    pub declared_until: Option<Date>,
    /// When the jury sits.
    pub jury_on: Option<Date>,
    /// Whether a withdrawal waits for someone else.
    pub withdrawal_asked: bool,
    /// What was done.
    pub steps: Vec<StepOut>,
    /// Where each step stands.
    pub progress: Vec<ProgressOut>,
    /// The conditions of the renewal.
    pub conditions: Vec<ConditionOut>,
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl HabilitationFileOut {
    /// The file as the API tells it.
    pub(super) fn of(found: &queries::Path) -> Self {
        let file = &found.habilitation.file;
        Self {
            habilitation: HabilitationOut::from(&found.habilitation),
            expert_id: file.expert_id.0,
            senior_id: file.senior_id.map(|id| id.0),
            applied_on: file.applied_on,
            charter_signed: file.charter_signed_at.is_some(),
            declared_until: found.declared_until,
            jury_on: file.jury_on,
            withdrawal_asked: file.withdrawal_asked_at.is_some(),
            steps: found
                .steps
                .iter()
                .map(|step| StepOut {
                    kind: step.kind.into(),
                    done_on: step.done_on,
                    place: step.place.clone(),
                    sheet: step.sheet.clone(),
                })
                .collect(),
            progress: found
                .progress
                .iter()
                .map(|step| ProgressOut {
                    kind: step.kind.into(),
                    wanted: count(step.wanted),
                    done: count(step.done),
                    to_redo: step.to_redo,
                })
                .collect(),
            conditions: found
                .conditions
                .iter()
                .map(|one| ConditionOut {
                    sentence: renewal::sentence(one),
                    wanted: count(one.wanted),
                    found: count(one.found),
                    met: one.met,
                })
                .collect(),
        }
    }
}
