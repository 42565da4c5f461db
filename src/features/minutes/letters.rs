//! What a candidate is told of the decision: the same facts in the message and in the letter, from the frozen minutes.

use entity::candidate::JuryDecision;
use entity::ids::{CandidateId, StructureId};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};

use super::content::{Candidate, Content, Unit};
use super::{deadlines, labels};
use crate::app::App;
use crate::events::{Mail, Recipient};
use crate::features::agreements::documents::facts::{email, issuer, signatory};
use crate::features::agreements::documents::texts::texts;
use crate::features::agreements::documents::wording::or_unknown;
use crate::features::candidates::labels as words_of_candidates;
use crate::features::candidates::names;
use crate::features::certificates::gather::holder;
use crate::features::certificates::labels as words_of_certificates;
use crate::features::juries::load::Passing;
use crate::features::juries::{Whole, wording};
use crate::render::french;
use crate::rules::deadline::day_in_zone;
use crate::rules::referential::ResultRules;
use crate::rules::territory::PARIS;

/// What one candidate is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who.
    pub candidate: CandidateId,
    /// Whose structure hands it over when they have no address.
    pub structure: StructureId,
    /// Whether it goes by the structure.
    pub relayed: bool,
    /// Number of their file.
    pub number: String,
    /// Their name, as in a sentence.
    pub name: String,
    /// Their name, as a document states it.
    pub official: String,
    /// Lines of their address.
    pub address: Vec<String>,
    /// What the jury decided.
    pub decision: JuryDecision,
    /// Whether an incomplete civil status holds back what it gives.
    pub waits: bool,
    /// Why, when the jury says.
    pub reason: Option<String>,
    /// What is acquired.
    pub acquired: Vec<Unit>,
    /// What is left.
    pub remaining: Vec<Unit>,
    /// Advice of the jury.
    pub recommendations: String,
    /// Day on which they are told.
    pub told_on: Date,
    /// Last day to appeal.
    pub appeal_until: Date,
    /// Months to appeal.
    pub appeal_months: i32,
    /// Where an appeal is sent.
    pub appeal_to: String,
}

/// The decisions of a jury that a letter tells: an absence has none.
#[must_use]
pub const fn is_told(decision: JuryDecision) -> bool {
    matches!(
        decision,
        JuryDecision::Total | JuryDecision::Partial | JuryDecision::Refused | JuryDecision::Adjourned
    )
}

impl Letter {
    /// What a candidate is told; nothing without a decision to tell.
    #[must_use]
    pub fn of(
        app: &App,
        frozen: &Candidate,
        one: &Passing,
        rules: &ResultRules,
        told_at: OffsetDateTime,
    ) -> Option<Self> {
        let decision = frozen.decision.filter(|decision| is_told(*decision))?;
        let person = &one.candidate;
        let told_on = day_in_zone(told_at, PARIS);
        let units = |wanted: bool| {
            let found = frozen.units.iter().filter(|unit| unit.acquired == Some(wanted));
            found.cloned().collect::<Vec<_>>()
        };
        let address: Vec<String> = person
            .postal_address
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        let detained = person.detained;
        Some(Self {
            candidate: person.id,
            structure: person.structure_id,
            relayed: detained || person.email.trim().is_empty(),
            number: person.number.clone(),
            name: names::in_a_sentence(person),
            official: names::official(person),
            address: if detained || address.is_empty() {
                vec![labels::letter::BY_HAND.to_owned()]
            } else {
                address
            },
            decision,
            waits: holder(person, told_on).is_err(),
            reason: frozen.reason.clone(),
            acquired: units(true),
            remaining: if decision == JuryDecision::Adjourned { Vec::new() } else { units(false) },
            recommendations: frozen.recommendations.clone(),
            told_on,
            appeal_until: deadlines::lodge_by(told_on, rules),
            appeal_months: rules.appeal_months,
            appeal_to: format!("{}, {}", or_unknown(&app.config.organisation_address), email(&app.config)),
        })
    }

    fn known(text: &str) -> Option<&str> {
        Some(text).filter(|text| !text.is_empty())
    }

    /// The message: to the candidate, or to whoever hands it over.
    #[must_use]
    pub fn mail(&self, whole: &Whole, base_url: &str) -> Mail {
        let titles = |units: &[Unit]| units.iter().map(|unit| unit.title.clone()).collect::<Vec<_>>();
        let variables = json!({
            "number": whole.session.number,
            "candidate_number": self.number,
            "candidate_name": self.name,
            "certification_title": whole.certification.short_title,
            "long_day": wording::long_day(&whole.session),
            "decision_label": words_of_candidates::decision(self.decision).word,
            "meaning": labels::letter::meaning(self.decision, self.waits),
            "acquired": titles(&self.acquired),
            "remaining": titles(&self.remaining),
            "recommendations": Self::known(&self.recommendations),
            "resit": labels::letter::resit(self.decision),
            "appeal_until": french::date(self.appeal_until),
            "appeal_to": self.appeal_to,
            "relayed": self.relayed,
            "link": self.relayed.then(|| format!("{base_url}/candidats/{}", self.number)),
        });
        let (to, why) = if self.relayed {
            (Recipient::Structure { id: self.structure }, labels::WHY_STRUCTURE)
        } else {
            (Recipient::Candidate { id: self.candidate }, labels::WHY_CANDIDATE)
        };
        Mail::new("candidate-result", to, why, variables)
    }

    /// The letter.
    #[must_use]
    pub fn data(&self, app: &App, content: &Content, told_at: OffsetDateTime, day: &str) -> Value {
        let config = &app.config;
        let units = |units: &[Unit]| {
            let one = |unit: &Unit| json!({ "code": unit.code, "title": unit.title });
            units.iter().map(one).collect::<Vec<_>>()
        };
        let director = Self::known(config.organisation_representative.trim());
        json!({
            "issuer": issuer(config),
            "number": self.number,
            "recipient": { "name": self.official, "address": self.address },
            "on": french::date(self.told_on),
            "jury": { "number": content.session.number, "on": day },
            "certification": {
                "title": content.certification.title,
                "version": content.certification.version,
                "registration": content.certification.registration,
            },
            "decision": {
                "label": words_of_candidates::decision(self.decision).word,
                "meaning": labels::letter::meaning(self.decision, self.waits),
                "reason": self.reason,
            },
            "acquired": units(&self.acquired),
            "remaining": units(&self.remaining),
            "recommendations": Self::known(&self.recommendations),
            "resit": labels::letter::resit(self.decision),
            "remedies": {
                "delay": french::plural(self.appeal_months.into(), "mois", "mois"),
                "until": french::date(self.appeal_until),
                "address": self.appeal_to,
                "examined_by": labels::appeals::EXAMINER,
            },
            "signatory": signatory(
                director.unwrap_or(words_of_certificates::NO_DIRECTOR),
                words_of_certificates::DIRECTOR,
                told_at,
            ),
            "contact": super::documents::contact(app),
            "kept": texts().kept_jury,
        })
    }
}
