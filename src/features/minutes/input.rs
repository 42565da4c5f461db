//! What a person types about minutes; every fault at once. Pure.

use std::collections::BTreeMap;

use entity::candidate::JuryDecision;
use entity::candidate_appeal::AppealOutcome;
use entity::ids::{JuryMemberId, JuryPassageId};
use time::Date;

use crate::error::{Fault, Faults};
use crate::rules::{drawing, line};

const LONGEST_TEXT: usize = 4_000;
const LONGEST_REASON: usize = 500;
const LONGEST_LINE: usize = 200;
/// Figures of a one-time code.
pub const CODE_LENGTH: usize = 6;
/// Days after which a delivery is no longer set ahead.
const FARTHEST_DAYS: i64 = 366;

/// How somebody signs, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedSignature {
    /// Whose signature.
    pub member: JuryMemberId,
    /// `drawn`, `code`, `account` or `refused`.
    pub way: String,
    /// The one-time code; none for one's own account.
    pub code: String,
    /// The drawing.
    pub drawing: String,
    /// Why somebody refuses.
    pub reason: String,
    /// The fingerprint that was shown; none when the caller does not say.
    pub seen: String,
}

/// How somebody signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By hand, on a screen: the path of the drawing.
    Drawn(String),
    /// By a code alone.
    Code,
    /// From one's own account.
    Account,
    /// Not at all, and why.
    Refused(String),
}

impl TypedSignature {
    /// How somebody signs, and the figures of their code.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<(Way, Option<String>), Vec<Fault>> {
        let mut faults = Faults::default();
        let code: String = self.code.chars().filter(|c| !c.is_whitespace()).collect();
        let figures = code.len() == CODE_LENGTH && code.chars().all(|c| c.is_ascii_digit());
        if !code.is_empty() && !figures {
            faults.push("/code", "code", "Le code compte six chiffres");
        }
        let way = match self.way.trim() {
            "drawn" => {
                let strokes = faults.read("/drawing", drawing::read(&self.drawing), |error| error.code());
                strokes.map(|strokes| Way::Drawn(drawing::write(&strokes)))
            }
            "code" => Some(Way::Code),
            "account" => Some(Way::Account),
            "refused" => reason_of("/reason", &self.reason, &mut faults).map(Way::Refused),
            _ => {
                faults.push("/way", "missing", "Choisissez comment signer");
                None
            }
        };
        faults.or(way).map(|way| (way, Some(code).filter(|code| !code.is_empty())))
    }
}

/// A point that whoever checks looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// The people are those of the list.
    People,
    /// The jury had its quorum, for each candidate.
    Quorum,
    /// Declarations of impartiality and abstentions are there.
    Impartiality,
    /// Each candidate who came has a decision, each who did not a line.
    Decisions,
    /// What is acquired agrees with each decision.
    Units,
    /// Incidents and adaptations are told as they may be.
    Incidents,
    /// Each member signed, or refused with a reason.
    Signatures,
}

impl Point {
    /// Every point, in the order of the page.
    pub const ALL: [Self; 7] = [
        Self::People,
        Self::Quorum,
        Self::Impartiality,
        Self::Decisions,
        Self::Units,
        Self::Incidents,
        Self::Signatures,
    ];

    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Quorum => "quorum",
            Self::Impartiality => "impartiality",
            Self::Decisions => "decisions",
            Self::Units => "units",
            Self::Incidents => "incidents",
            Self::Signatures => "signatures",
        }
    }
}

/// A control, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCheck {
    /// Words of the points that conform.
    pub points: Vec<String>,
    /// What is to be corrected.
    pub findings: String,
}

/// A control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether each point conforms.
    pub points: BTreeMap<&'static str, bool>,
    /// What is to be corrected, or a remark.
    pub findings: String,
}

impl TypedCheck {
    /// The control: minutes conform when every point does; those that go back say why.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, conform: bool) -> Result<Check, Vec<Fault>> {
        let mut faults = Faults::default();
        let ticked = |point: Point| self.points.iter().any(|word| word.trim() == point.word());
        let points: BTreeMap<_, _> =
            Point::ALL.into_iter().map(|point| (point.word(), ticked(point))).collect();
        let findings = text("/findings", &self.findings, &mut faults);
        if conform && points.values().any(|kept| !kept) {
            faults.push("/points", "missing", "Vérifiez chaque point, ou renvoyez le procès-verbal au jury");
        }
        if !conform && findings.as_deref() == Some("") {
            faults.push("/findings", "missing", "Dites ce qui est à rectifier");
        }
        faults.or(findings.map(|findings| Check { points, findings }))
    }
}

/// The decision on a candidate, as the jury corrects it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedRuling {
    /// The passage.
    pub passage: JuryPassageId,
    /// Word of the decision.
    pub decision: String,
    /// Codes of what is acquired.
    pub acquired: Vec<String>,
    /// Why.
    pub reason: String,
    /// What the jury saw.
    pub observations: String,
    /// Advice.
    pub recommendations: String,
}

/// A correction, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedCorrection {
    /// Why.
    pub reason: String,
    /// General remarks.
    pub remarks: String,
    /// What changes; who is not named stays.
    pub rulings: Vec<TypedRuling>,
}

/// The decision on a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The passage.
    pub passage: JuryPassageId,
    /// The decision.
    pub decision: JuryDecision,
    /// Codes of what is acquired.
    pub acquired: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// What the jury saw.
    pub observations: String,
    /// Advice.
    pub recommendations: String,
}

/// A correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Why.
    pub reason: String,
    /// General remarks.
    pub remarks: String,
    /// What changes.
    pub rulings: Vec<Ruling>,
}

/// What a jury may decide about somebody who came.
pub const DECISIONS: [JuryDecision; 4] =
    [JuryDecision::Total, JuryDecision::Partial, JuryDecision::Refused, JuryDecision::Adjourned];

impl TypedCorrection {
    /// The correction.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<Correction, Vec<Fault>> {
        let mut faults = Faults::default();
        let reason = reason_of("/reason", &self.reason, &mut faults);
        let remarks = text("/remarks", &self.remarks, &mut faults);
        let rulings = self.rulings.iter().enumerate();
        let rulings: Option<Vec<Ruling>> = rulings
            .map(|(rank, typed)| ruling(rank, typed, &mut faults))
            .collect::<Vec<_>>()
            .into_iter()
            .collect();
        let whole = reason.zip(remarks).zip(rulings);
        faults.or(whole.map(|((reason, remarks), rulings)| Correction { reason, remarks, rulings }))
    }
}

fn ruling(rank: usize, typed: &TypedRuling, faults: &mut Faults) -> Option<Ruling> {
    let place = |field: &str| format!("/rulings/{rank}/{field}");
    let decision = JuryDecision::from_word(typed.decision.trim()).filter(|one| DECISIONS.contains(one));
    let decision = faults.read(&place("decision"), decision.ok_or("Choisissez une décision"), |_| "missing");
    let reason = text(&place("reason"), &typed.reason, faults);
    let observations = text(&place("observations"), &typed.observations, faults);
    let recommendations = text(&place("recommendations"), &typed.recommendations, faults);
    let (decision, reason) = decision.zip(reason)?;
    if decision == JuryDecision::Adjourned && reason.is_empty() {
        faults.push(place("reason"), "missing", "Un ajournement demande un motif");
    }
    Some(Ruling {
        passage: typed.passage,
        decision,
        acquired: typed.acquired.iter().map(|code| code.trim().to_owned()).collect(),
        reason: Some(reason).filter(|reason| !reason.is_empty()),
        observations: observations?,
        recommendations: recommendations?,
    })
}

/// A validation, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedValidation {
    /// Day of delivery.
    pub delivered_on: String,
    /// Day of the joint body of the branch, when the rules ask for it.
    pub validated_on: String,
    /// The list that it validated.
    pub list: String,
}

/// A validation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// Day of delivery.
    pub delivered_on: Date,
    /// Day of the joint body of the branch.
    pub validated_on: Option<Date>,
    /// The list that it validated.
    pub list: Option<String>,
}

impl TypedValidation {
    /// The validation; `joint` says whether the joint body of the branch validates the lists.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, jury: Date, today: Date, joint: bool) -> Result<Validation, Vec<Fault>> {
        let mut faults = Faults::default();
        let delivered = faults.required_date("/delivered_on", &self.delivered_on);
        let delivered = delivered.filter(|day| {
            let sound = *day >= jury && (*day - today).whole_days() <= FARTHEST_DAYS;
            if !sound {
                faults.push("/delivered_on", "out-of-bounds", "Choisissez un jour après celui du jury");
            }
            sound
        });
        let validated = if joint {
            faults.required_date("/validated_on", &self.validated_on).map(Some)
        } else {
            faults.optional_date("/validated_on", &self.validated_on)
        };
        if validated.flatten().is_some_and(|day| day > today || day < jury) {
            faults.push(
                "/validated_on",
                "out-of-bounds",
                "Choisissez un jour entre celui du jury et aujourd’hui",
            );
        }
        let wanted = |text: &str| {
            if joint {
                line::wanted(text, LONGEST_LINE, "Indiquez la liste validée")
            } else {
                line::optional(text, LONGEST_LINE)
            }
        };
        let list = faults.read("/list", wanted(&self.list), |error| error.code());
        let whole = delivered.zip(validated).zip(list);
        faults.or(whole.map(|((delivered_on, validated_on), list)| Validation {
            delivered_on,
            validated_on,
            list: Some(list).filter(|list| !list.is_empty()),
        }))
    }
}

/// Why a candidate contests, and when the letter arrived, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAppeal {
    /// Why.
    pub grounds: String,
    /// Day of the letter; today unless given.
    pub received_on: String,
}

impl TypedAppeal {
    /// Why, and the day.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self, today: Date) -> Result<(String, Date), Vec<Fault>> {
        let mut faults = Faults::default();
        let grounds =
            wanted_text("/grounds", &self.grounds, "Dites ce qui est contesté et pourquoi", &mut faults);
        let day = faults.optional_date("/received_on", &self.received_on).map(|day| day.unwrap_or(today));
        if day.is_some_and(|day| day > today) {
            faults.push("/received_on", "out-of-bounds", "Choisissez un jour passé");
        }
        faults.or(grounds.zip(day))
    }
}

/// The answer to an appeal, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAnswer {
    /// Word of the outcome.
    pub outcome: String,
    /// The answer, which the candidate reads.
    pub answer: String,
}

impl TypedAnswer {
    /// The outcome and the answer.
    ///
    /// # Errors
    /// The faults.
    pub fn read(&self) -> Result<(AppealOutcome, String), Vec<Fault>> {
        let mut faults = Faults::default();
        let outcome = AppealOutcome::from_word(self.outcome.trim()).ok_or("Choisissez la suite du recours");
        let outcome = faults.read("/outcome", outcome, |_| "missing");
        let answer = wanted_text("/answer", &self.answer, "Écrivez la réponse motivée", &mut faults);
        faults.or(outcome.zip(answer))
    }
}

/// General remarks on the organisation.
///
/// # Errors
/// Too long, or an invisible character.
pub fn remarks(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let found = text("/remarks", typed, &mut faults);
    faults.or(found)
}

/// Why something is done.
///
/// # Errors
/// Nothing typed, or too much.
pub fn reason(typed: &str) -> Result<String, Vec<Fault>> {
    let mut faults = Faults::default();
    let found = reason_of("/reason", typed, &mut faults);
    faults.or(found)
}

fn reason_of(pointer: &str, typed: &str, faults: &mut Faults) -> Option<String> {
    faults.read(pointer, line::wanted(typed, LONGEST_REASON, "Indiquez le motif"), |error| error.code())
}

fn text(pointer: &str, typed: &str, faults: &mut Faults) -> Option<String> {
    let text = typed.trim().replace("\r\n", "\n");
    if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        let message = "Ce texte contient un caractère invisible\u{202f}: saisissez-le à nouveau";
        faults.push(pointer, "invisible-character", message);
        return None;
    }
    if text.chars().count() > LONGEST_TEXT {
        faults.push(pointer, "too-long", "Ce texte compte plus de 4\u{202f}000 caractères");
        return None;
    }
    Some(text)
}

fn wanted_text(pointer: &str, typed: &str, sentence: &'static str, faults: &mut Faults) -> Option<String> {
    let found = text(pointer, typed, faults)?;
    if found.is_empty() {
        faults.push(pointer, "missing", sentence);
        return None;
    }
    Some(found)
}

#[cfg(test)]
mod tests;
