//! What the agreement desk answers of the life of a right, and what callers send to act on it.

use entity::ids::{InspectionId, NonconformityId, ReserveId};
use entity::{right_act, right_change, sanction_ground};
use poem_openapi::Object;
use time::{Date, OffsetDateTime};
use uuid::Uuid;

use super::words::{
    ActCauseWord, ActKindWord, ActStateWord, ChangeReviewWord, ChangeStateWord, ChangeTopicWord,
    GroundKindWord, SanctionWord,
};
use crate::error::Fault;
use crate::features::agreements::consequences::Consequences;
use crate::features::agreements::input::life::{ChangeInput, Charge, Ground, ReviewInput};
use crate::features::agreements::labels;
use crate::http::api::{LongText, ShortText};
use crate::rules::sanction::Sanction;

/// A finding that is named against a right.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightGroundIn {
    /// What it is.
    pub kind: GroundKindWord,
    /// Key of the gap, of the reserve or of the inspection; none for an incident.
    pub id: Option<Uuid>,
    /// What happened; for an incident only.
    #[oai(default)]
    pub words: LongText,
}

/// What is held against a right.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightChargeIn {
    /// Why.
    pub cause: ActCauseWord,
    /// On what it stands.
    pub grounds: Vec<RightGroundIn>,
    /// The reasons, as the structure reads them.
    pub reasons: LongText,
    /// Why the structure is not heard before: a fraud or a danger only.
    #[oai(default)]
    pub urgency: LongText,
    /// What becomes of the candidates.
    #[oai(default)]
    pub plan: LongText,
}

/// A notice, and what it announces.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightNoticeIn {
    /// What it announces.
    pub sanction: SanctionWord,
    /// What is held against the right.
    pub charge: RightChargeIn,
}

impl RightChargeIn {
    /// The charge.
    ///
    /// # Errors
    /// A finding without the key of what it names, one by one.
    pub fn read(self, sanction: Sanction) -> Result<Charge, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut grounds = Vec::with_capacity(self.grounds.len());
        for (at, one) in self.grounds.into_iter().enumerate() {
            match ground(one) {
                Some(ground) => grounds.push(ground),
                None => faults.push(Fault::new(
                    format!("/grounds/{at}/id"),
                    "ground-unnamed",
                    labels::act::UNNAMED_GROUND,
                )),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Charge {
            sanction,
            cause: self.cause.into(),
            grounds,
            reasons: self.reasons.0,
            urgency: self.urgency.0,
            plan: self.plan.0,
        })
    }
}

fn ground(one: RightGroundIn) -> Option<Ground> {
    match one.kind {
        GroundKindWord::Nonconformity => one.id.map(NonconformityId).map(Ground::Nonconformity),
        GroundKindWord::OverdueActions => one.id.map(InspectionId).map(Ground::OverdueActions),
        GroundKindWord::Reserve => one.id.map(ReserveId).map(Ground::Reserve),
        GroundKindWord::RefusedInspection => one.id.map(InspectionId).map(Ground::RefusedInspection),
        GroundKindWord::Incident => Some(Ground::Incident(one.words.0)),
    }
}

/// Reasons of an act.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightReasonsIn {
    /// The reasons.
    pub reasons: LongText,
}

/// What becomes of the candidates.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields)]
pub struct RightPlanIn {
    /// In words.
    #[oai(default)]
    pub plan: LongText,
}

/// Why a procedure is given up, or an act undone.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightCloseIn {
    /// The reason.
    pub reason: LongText,
}

/// What the structure answers.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightObservationsIn {
    /// Its observations.
    pub text: LongText,
}

/// The registered letter of an act.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightLetterIn {
    /// Number that the post printed.
    pub number: ShortText,
    /// Day on which it was sent.
    pub sent_on: Date,
}

/// A change that a structure declares.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightChangeIn {
    /// What changed.
    pub topic: ChangeTopicWord,
    /// When.
    pub happened_on: Date,
    /// In words.
    pub text: LongText,
}

impl From<RightChangeIn> for ChangeInput {
    fn from(change: RightChangeIn) -> Self {
        Self { topic: change.topic.into(), happened_on: change.happened_on, text: change.text.0 }
    }
}

/// What comes of a declared change.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct RightReviewIn {
    /// What follows.
    pub review: ChangeReviewWord,
    /// What the structure is answered.
    pub answer: LongText,
}

impl From<RightReviewIn> for ReviewInput {
    fn from(review: RightReviewIn) -> Self {
        Self { review: review.review.into(), answer: review.answer.0 }
    }
}

/// A finding on which an act stands.
#[derive(Clone, Debug, Object)]
pub struct RightGroundOut {
    /// What it is.
    pub kind: GroundKindWord,
    /// What it was at that moment.
    pub words: String,
    /// Key of the gap.
    pub nonconformity_id: Option<Uuid>,
    /// Key of the reserve.
    pub reserve_id: Option<Uuid>,
    /// Key of the inspection.
    pub inspection_id: Option<Uuid>,
}

impl From<&sanction_ground::Model> for RightGroundOut {
    fn from(ground: &sanction_ground::Model) -> Self {
        Self {
            kind: ground.kind.into(),
            words: ground.words.clone(),
            nonconformity_id: ground.nonconformity_id.map(|id| id.0),
            reserve_id: ground.reserve_id.map(|id| id.0),
            inspection_id: ground.inspection_id.map(|id| id.0),
        }
    }
}

/// An act on a right.
#[derive(Clone, Debug, Object)]
pub struct RightActOut {
    /// Key.
    pub id: Uuid,
    /// From 1, in the life of the agreement.
    pub number: i32,
    /// What is done.
    pub kind: ActKindWord,
    /// Where it stands.
    pub state: ActStateWord,
    /// The same, in French.
    pub state_label: String,
    /// Why.
    pub cause: ActCauseWord,
    /// The reasons.
    pub reasons: String,
    /// Why the structure was not heard before.
    pub urgency: Option<String>,
    /// What becomes of the candidates.
    pub plan: Option<String>,
    /// On what it stands.
    pub grounds: Vec<RightGroundOut>,
    /// When it was asked.
    pub asked_at: OffsetDateTime,
    /// Until when the structure is heard.
    pub comments_due_at: Option<OffsetDateTime>,
    /// What it answered.
    pub comments: Option<String>,
    /// When it was done.
    pub done_at: Option<OffsetDateTime>,
    /// From which day it counts.
    pub effective_on: Option<Date>,
    /// Until when it may be undone.
    pub undo_until: Option<OffsetDateTime>,
    /// Number of the registered letter.
    pub letter_number: Option<String>,
    /// Day on which it was sent.
    pub letter_sent_on: Option<Date>,
    /// When it was dropped or undone.
    pub closed_at: Option<OffsetDateTime>,
    /// Why.
    pub close_reason: Option<String>,
}

impl RightActOut {
    /// An act with its findings, of which those of other acts are left.
    #[must_use]
    pub fn of(act: &right_act::Model, grounds: &[sanction_ground::Model]) -> Self {
        let own = grounds.iter().filter(|ground| ground.act_id == act.id);
        Self {
            id: act.id.0,
            number: act.number,
            kind: act.kind.into(),
            state: act.state.into(),
            state_label: labels::act::state(act.state).word.to_owned(),
            cause: act.cause.into(),
            reasons: act.reasons.clone(),
            urgency: act.urgency_reason.clone(),
            plan: act.plan.clone(),
            grounds: own.map(Into::into).collect(),
            asked_at: *act.asked_at,
            comments_due_at: act.comments_due_at.map(|at| *at),
            comments: act.comments.clone(),
            done_at: act.done_at.map(|at| *at),
            effective_on: act.effective_on,
            undo_until: act.undo_until.map(|at| *at),
            letter_number: act.letter_number.clone(),
            letter_sent_on: act.letter_sent_on,
            closed_at: act.closed_at.map(|at| *at),
            close_reason: act.close_reason.clone(),
        }
    }
}

/// Every act on a right.
#[derive(Clone, Debug, Object)]
pub struct RightActs {
    /// The last one first.
    pub items: Vec<RightActOut>,
}

/// Something that an act touches.
#[derive(Clone, Debug, Object)]
pub struct RightTouchedOut {
    /// Key.
    pub id: Uuid,
    /// Number.
    pub number: String,
}

/// What an act would change now.
#[derive(Clone, Debug, Object)]
pub struct RightConsequencesOut {
    /// Keys of the dated rights.
    pub rights: Vec<Uuid>,
    /// Juries that are ahead.
    pub juries: Vec<RightTouchedOut>,
    /// Candidates who are enrolled.
    pub candidates: Vec<RightTouchedOut>,
    /// Missions that are ahead.
    pub missions: Vec<RightTouchedOut>,
    /// Inspections in course.
    pub inspections: Vec<RightTouchedOut>,
    /// Mails that it would send.
    pub mails: u64,
}

impl From<&Consequences> for RightConsequencesOut {
    fn from(touched: &Consequences) -> Self {
        let out = |id: Uuid, number: &str| RightTouchedOut { id, number: number.to_owned() };
        Self {
            rights: touched.rights.iter().map(|one| one.id.0).collect(),
            juries: touched.juries.iter().map(|one| out(one.id.0, &one.number)).collect(),
            candidates: touched.candidates.iter().map(|one| out(one.id.0, &one.number)).collect(),
            missions: touched.missions.iter().map(|one| out(one.id.0, &one.number)).collect(),
            inspections: touched.inspections.iter().map(|one| out(one.id.0, &one.number)).collect(),
            mails: u64::try_from(touched.recipients.len()).unwrap_or(u64::MAX),
        }
    }
}

/// A declared change.
#[derive(Clone, Debug, Object)]
pub struct RightChangeOut {
    /// Key.
    pub id: Uuid,
    /// Agreement concerned.
    pub agreement_id: Uuid,
    /// What changed.
    pub topic: ChangeTopicWord,
    /// When.
    pub happened_on: Date,
    /// In words.
    pub text: String,
    /// Where it stands.
    pub state: ChangeStateWord,
    /// When it was declared.
    pub declared_at: OffsetDateTime,
    /// By when it is reviewed.
    pub review_due_on: Date,
    /// What comes of it.
    pub review: Option<ChangeReviewWord>,
    /// What the structure was answered.
    pub answer: Option<String>,
    /// When.
    pub reviewed_at: Option<OffsetDateTime>,
    /// Version.
    pub version: i32,
}

impl From<&right_change::Model> for RightChangeOut {
    fn from(change: &right_change::Model) -> Self {
        Self {
            id: change.id.0,
            agreement_id: change.agreement_id.0,
            topic: change.topic.into(),
            happened_on: change.happened_on,
            text: change.text.clone(),
            state: change.state.into(),
            declared_at: *change.declared_at,
            review_due_on: change.review_due_on,
            review: change.review.map(Into::into),
            answer: change.answer.clone(),
            reviewed_at: change.reviewed_at.map(|at| *at),
            version: change.version,
        }
    }
}

/// Every declared change of an agreement.
#[derive(Clone, Debug, Object)]
pub struct RightChanges {
    /// The last one first.
    pub items: Vec<RightChangeOut>,
}
