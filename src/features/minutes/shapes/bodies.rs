//! What a call of the API sends about minutes and appeals.

use entity::candidate::JuryDecision;
use entity::candidate_appeal::AppealOutcome;
use entity::ids::{JuryMemberId, JuryPassageId};
use entity::jury_signature::SignatureKind;
use poem_openapi::Object;
use time::Date;
use uuid::Uuid;

use super::super::input::{
    Point, TypedAnswer, TypedAppeal, TypedCheck, TypedCorrection, TypedRuling, TypedSignature,
    TypedValidation,
};
use super::words::{AppealOutcomeWord, PointWord, SignatureWord};
use crate::features::candidates::shapes::DecisionWord;
use crate::http::api::{LongText, ShortText};
use crate::rules::typed_date::iso;

fn long(text: Option<&LongText>) -> String {
    text.map(|text| text.0.clone()).unwrap_or_default()
}

fn short(text: Option<&ShortText>) -> String {
    text.map(|text| text.0.clone()).unwrap_or_default()
}

/// The end of a deliberation.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesCloseIn {
    /// General remarks on the organisation.
    pub remarks: Option<LongText>,
}

impl MinutesCloseIn {
    /// As typed.
    #[must_use]
    pub fn remarks(&self) -> String {
        long(self.remarks.as_ref())
    }
}

/// Whose code is sent.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesCodeIn {
    /// Key of the seat of the member.
    pub member_id: Uuid,
}

/// How a member answers.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesSignatureIn {
    /// Key of the seat of the member.
    pub member_id: Uuid,
    /// How they answer.
    pub way: SignatureWord,
    /// The one-time code; none from their own account.
    pub code: Option<ShortText>,
    /// The drawing, as a path of moves and lines in a box of 220 by 80: `M12 40L13 41`.
    pub drawing: Option<LongText>,
    /// Why they refuse.
    pub reason: Option<ShortText>,
    /// The fingerprint of the text that they read, hexadecimal; another one is refused.
    pub content_sha256: Option<ShortText>,
}

impl MinutesSignatureIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedSignature {
        TypedSignature {
            member: JuryMemberId(self.member_id),
            way: SignatureKind::from(self.way).word(),
            code: short(self.code.as_ref()),
            drawing: long(self.drawing.as_ref()),
            reason: short(self.reason.as_ref()),
            seen: short(self.content_sha256.as_ref()),
        }
    }
}

/// A control.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesCheckIn {
    /// The points that conform.
    #[oai(default, validator(max_items = 20))]
    pub points: Vec<PointWord>,
    /// What is to be corrected, or a remark.
    pub findings: Option<LongText>,
}

impl MinutesCheckIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedCheck {
        let points = self.points.iter().map(|point| Point::from(*point).word().to_owned());
        TypedCheck { points: points.collect(), findings: long(self.findings.as_ref()) }
    }
}

/// What the jury says now of one candidate.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesRulingIn {
    /// Key of the passage.
    pub passage_id: Uuid,
    /// The decision.
    pub decision: DecisionWord,
    /// Codes of what is acquired; everything mandatory when everything is.
    #[oai(default, validator(max_items = 100))]
    pub acquired: Vec<ShortText>,
    /// Why; needed for an adjournment.
    pub reason: Option<LongText>,
    /// What the jury saw.
    pub observations: Option<LongText>,
    /// Advice.
    pub recommendations: Option<LongText>,
}

/// A correction.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesCorrectionIn {
    /// Why.
    pub reason: ShortText,
    /// General remarks on the organisation.
    pub remarks: Option<LongText>,
    /// The decisions that change; those that are not named stay.
    #[oai(default, validator(max_items = 60))]
    pub rulings: Vec<MinutesRulingIn>,
}

impl MinutesCorrectionIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedCorrection {
        let ruling = |one: &MinutesRulingIn| TypedRuling {
            passage: JuryPassageId(one.passage_id),
            decision: JuryDecision::from(one.decision).word(),
            acquired: one.acquired.iter().map(|code| code.0.clone()).collect(),
            reason: long(one.reason.as_ref()),
            observations: long(one.observations.as_ref()),
            recommendations: long(one.recommendations.as_ref()),
        };
        TypedCorrection {
            reason: self.reason.0.clone(),
            remarks: long(self.remarks.as_ref()),
            rulings: self.rulings.iter().map(ruling).collect(),
        }
    }
}

/// A validation.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesValidationIn {
    /// Day of delivery.
    pub delivered_on: Date,
    /// Day on which the joint body of the branch validated the list, where the rules ask for it.
    pub validated_on: Option<Date>,
    /// The list that it validated.
    pub list: Option<ShortText>,
}

impl MinutesValidationIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedValidation {
        TypedValidation {
            delivered_on: iso(self.delivered_on),
            validated_on: self.validated_on.map(iso).unwrap_or_default(),
            list: short(self.list.as_ref()),
        }
    }
}

/// A reason.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct MinutesReasonIn {
    /// Why.
    pub reason: ShortText,
}

/// An appeal.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryAppealIn {
    /// What is contested, and why.
    pub grounds: LongText,
    /// Day on which the letter arrived; today unless given.
    pub received_on: Option<Date>,
}

impl JuryAppealIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAppeal {
        TypedAppeal {
            grounds: self.grounds.0.clone(),
            received_on: self.received_on.map(iso).unwrap_or_default(),
        }
    }
}

/// The answer to an appeal.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct JuryAppealAnswerIn {
    /// How it ends.
    pub outcome: AppealOutcomeWord,
    /// The reasoned answer, which the candidate reads.
    pub answer: LongText,
}

impl JuryAppealAnswerIn {
    /// As typed.
    #[must_use]
    pub fn typed(&self) -> TypedAnswer {
        TypedAnswer { outcome: AppealOutcome::from(self.outcome).word(), answer: self.answer.0.clone() }
    }
}
