//! What the operations on inspections take.

use entity::ids::NonconformityId;
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{InspectionModeWord, ProposalWord, ScoreWord, TriggerWord, VerifiedWord};
use crate::features::agreements::input::ScoreInput;
use crate::features::inspections::input::{
    ActionInput, AssignInput, ChangeInput, ConcludeInput, EscalateInput, Insufficient, NotifyInput,
    PlanInput, PostponeInput, ProposalInput, VerifyInput,
};
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

fn short(text: Option<ShortText>) -> String {
    text.map(String::from).unwrap_or_default()
}

fn long(text: Option<LongText>) -> String {
    text.map(String::from).unwrap_or_default()
}

/// An inspection to plan.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionIn", deny_unknown_fields)]
pub struct InspectionPlanIn {
    /// The right.
    pub agreement_id: Uuid,
    /// Which site; none for all.
    pub site_id: Option<Uuid>,
    /// Why.
    pub trigger: TriggerWord,
    /// Why, in words.
    pub reason: LongText,
    /// How.
    pub mode: InspectionModeWord,
    /// Before which day.
    pub due_on: Option<Date>,
    /// The inspection whose actions it checks.
    pub follows_id: Option<Uuid>,
}

impl InspectionPlanIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> PlanInput {
        PlanInput {
            agreement_id: self.agreement_id.into(),
            site_id: self.site_id.map(Into::into),
            trigger: self.trigger.into(),
            reason: self.reason.into(),
            mode: self.mode.into(),
            due_on: self.due_on,
            follows_id: self.follows_id.map(Into::into),
        }
    }
}

/// Whom an inspection is proposed to.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionAssignIn", deny_unknown_fields)]
pub struct AssignIn {
    /// The contrôleur.
    pub expert_id: Uuid,
    /// First day, where the structure is.
    pub starts_on: Date,
    /// Hour of the start, `09:00`.
    pub starts_time: ShortText,
    /// Last day; the first when left out.
    pub ends_on: Option<Date>,
    /// Hour of the end.
    pub ends_time: ShortText,
    /// Last day to answer; the usual delay when left out.
    pub answer_by: Option<Date>,
    /// Why it is offered in spite of a warning of independence.
    pub tie_reason: Option<ShortText>,
}

impl AssignIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> AssignInput {
        let dates = [
            iso(self.starts_on),
            self.starts_time.into(),
            self.ends_on.map(iso).unwrap_or_default(),
            self.ends_time.into(),
        ];
        AssignInput {
            expert: self.expert_id.into(),
            dates,
            answer_by: self.answer_by,
            tie_reason: self.tie_reason.map(String::from),
        }
    }
}

/// The date that the structure is told.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionDateIn", deny_unknown_fields)]
pub struct InspectionDateIn {
    /// Its beginning.
    pub starts_at: OffsetDateTime,
    /// Its length.
    #[oai(validator(minimum(value = "15"), maximum(value = "2880")))]
    pub minutes: i64,
    /// Where.
    pub place: ShortText,
    /// Who accepted the date for the structure.
    pub accepted_by: ShortText,
    /// When.
    pub accepted_on: Date,
    /// What the structure prepares, one piece per line.
    pub pieces: Option<LongText>,
    /// How the files that are read are chosen.
    pub sample_rule: Option<LongText>,
}

impl InspectionDateIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> NotifyInput {
        NotifyInput {
            starts_at: self.starts_at,
            minutes: self.minutes,
            place: self.place.into(),
            accepted_by: self.accepted_by.into(),
            accepted_on: self.accepted_on,
            pieces: long(self.pieces),
            sample_rule: long(self.sample_rule),
        }
    }
}

/// Another date.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionMoveIn", deny_unknown_fields)]
pub struct InspectionMoveIn {
    /// Its beginning.
    pub starts_at: OffsetDateTime,
    /// Why.
    pub reason: ShortText,
}

impl InspectionMoveIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> PostponeInput {
        PostponeInput { starts_at: self.starts_at, reason: self.reason.into() }
    }
}

/// The answer to one criterion.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionAnswerIn", deny_unknown_fields)]
pub struct AnswerIn {
    /// Made where it was typed: the same one is taken once.
    pub key: Uuid,
    /// The tablet.
    pub device: Option<Uuid>,
    /// Code of the criterion.
    pub criterion: ShortText,
    /// Score.
    pub score: ScoreWord,
    /// What was seen.
    pub evidence: Option<LongText>,
    /// What is said of it.
    pub comment: Option<LongText>,
    /// The version of the answer that was seen; 0 when there was none.
    #[oai(default, validator(minimum(value = "0")))]
    pub seen: i32,
    /// When it was typed.
    pub typed_at: OffsetDateTime,
}

impl AnswerIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> ChangeInput {
        ChangeInput {
            key: self.key,
            device: self.device,
            score: ScoreInput {
                criterion: self.criterion.into(),
                score: self.score.into(),
                evidence: long(self.evidence),
                comment: long(self.comment),
            },
            seen: self.seen,
            typed_at: self.typed_at,
        }
    }
}

/// What becomes of what was kept aside.
#[derive(Clone, Copy, Debug, Object)]
#[oai(rename = "InspectionSettleIn", deny_unknown_fields)]
pub struct SettleIn {
    /// Whether it is applied.
    pub keep: bool,
}

/// Who was met.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionPerformIn", deny_unknown_fields)]
pub struct PersonsMetIn {
    /// Functions rather than names.
    pub persons_met: LongText,
}

/// How the structure refused.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionRefusalIn", deny_unknown_fields)]
pub struct RefusalStatementIn {
    /// In words.
    pub statement: LongText,
}

/// The report.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionReportIn", deny_unknown_fields)]
pub struct ReportTextIn {
    /// What was seen and found.
    pub report: LongText,
}

/// What the structure answers to the report.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionCommentIn", deny_unknown_fields)]
pub struct CommentIn {
    /// As it is kept.
    pub text: LongText,
}

/// Why.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionReasonIn", deny_unknown_fields)]
pub struct WhyIn {
    /// In words.
    pub reason: LongText,
}

/// How whoever inspected proposes to end.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionProposalIn", deny_unknown_fields)]
pub struct ConclusionIn {
    /// With gaps to put right, or without any.
    pub proposal: ProposalWord,
    /// What the final report says.
    pub conclusion: LongText,
}

impl ConclusionIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> ProposalInput {
        ProposalInput { proposal: self.proposal.into(), conclusion: self.conclusion.into() }
    }
}

/// The day of a gap.
#[derive(Clone, Copy, Debug, Object)]
#[oai(rename = "NonconformityDueIn", deny_unknown_fields)]
pub struct GapDueIn {
    /// The gap.
    pub nonconformity_id: Uuid,
    /// Its day, no later than the usual one.
    pub due_on: Date,
}

/// How an inspection ends.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionConcludeIn", deny_unknown_fields)]
pub struct ConcludeIn {
    /// With gaps to put right, or without any.
    pub decision: ProposalWord,
    /// What the final report says; what was proposed when left out.
    pub conclusion: Option<LongText>,
    /// Another day than the usual one for some gaps.
    #[oai(default, validator(max_items = 200))]
    pub due: Vec<GapDueIn>,
}

impl ConcludeIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> ConcludeInput {
        let due = self.due.into_iter().map(|one| (NonconformityId(one.nonconformity_id), one.due_on));
        ConcludeInput {
            decision: self.decision.into(),
            conclusion: long(self.conclusion),
            due: due.collect(),
        }
    }
}

/// What the structure does about a gap.
#[derive(Clone, Debug, Object)]
#[oai(rename = "CorrectiveActionIn", deny_unknown_fields)]
pub struct ActionIn {
    /// Why there was a gap.
    pub cause: Option<LongText>,
    /// What was done about it.
    pub correction: Option<LongText>,
    /// Who sees to it.
    pub owner: Option<ShortText>,
}

impl ActionIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> ActionInput {
        ActionInput { cause: long(self.cause), correction: long(self.correction), owner: short(self.owner) }
    }
}

/// How an answer was checked.
#[derive(Clone, Debug, Object)]
#[oai(rename = "NonconformityCheckIn", deny_unknown_fields)]
pub struct VerifyIn {
    /// On what.
    pub verified_on: VerifiedWord,
    /// The follow-up inspection.
    pub follow_up_id: Option<Uuid>,
    /// What the check found.
    pub verification: LongText,
}

impl VerifyIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> VerifyInput {
        VerifyInput {
            how: self.verified_on.into(),
            follow_up: self.follow_up_id.map(Into::into),
            verification: self.verification.into(),
        }
    }
}

/// Why an answer is not enough.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InsufficientAnswerIn", deny_unknown_fields)]
pub struct InsufficientIn {
    /// The gap.
    pub nonconformity_id: Uuid,
    /// Why.
    pub reason: LongText,
    /// Another day, given once.
    pub due_on: Option<Date>,
}

/// The answers that are not enough.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InsufficientAnswersIn", deny_unknown_fields)]
pub struct InsufficientListIn {
    /// Each with its reason.
    #[oai(validator(min_items = 1, max_items = 200))]
    pub gaps: Vec<InsufficientIn>,
}

impl InsufficientListIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> Vec<Insufficient> {
        let one = |one: InsufficientIn| Insufficient {
            gap: one.nonconformity_id.into(),
            reason: one.reason.into(),
            due_on: one.due_on,
        };
        self.gaps.into_iter().map(one).collect()
    }
}

/// What the structure is told at the end.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionCloseIn", deny_unknown_fields)]
pub struct CloseIn {
    /// In words.
    pub closing: LongText,
}

/// How it is brought to the right.
#[derive(Clone, Debug, Object)]
#[oai(rename = "InspectionEscalateIn", deny_unknown_fields)]
pub struct EscalateIn {
    /// The reasons, as the structure reads them.
    pub reasons: LongText,
    /// What becomes of the candidates.
    pub plan: Option<LongText>,
}

impl EscalateIn {
    /// As typed.
    #[must_use]
    pub fn typed(self) -> EscalateInput {
        EscalateInput { reasons: self.reasons.into(), plan: long(self.plan) }
    }
}
