//! What happens to an inspection: journal line and mails.

use entity::ids::NonconformityId;
use entity::{draw, inspection, inspection_change};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::dossier::Dossier;
use super::labels;
use crate::events::{DomainEvent, Mail, Recipient, Subject};
use crate::features::agreements::wording;
use crate::render::french;
use crate::rules::grid::Tally;
use crate::rules::transitions::Told;

/// One event of an inspection.
pub(crate) struct InspectionEvent<'a> {
    /// The inspection after the act, with its structure and its right.
    pub dossier: &'a Dossier,
    /// Public address of the program.
    pub base_url: &'a str,
    /// The instant of the act.
    pub now: OffsetDateTime,
    /// Name and code of the event.
    pub line: Told,
    /// States, for a transition.
    pub states: (Option<String>, Option<String>),
    /// What happened.
    pub what: What<'a>,
}

/// What happened.
pub(crate) enum What<'a> {
    /// It is to be planned.
    Planned,
    /// The structure is told of its date.
    Notified,
    /// It was moved.
    Moved { before: Option<OffsetDateTime>, reason: &'a str },
    /// A criterion was answered.
    Scored { change: &'a inspection_change::Model },
    /// Something that a tablet sent is kept for a person.
    Kept { change: &'a inspection_change::Model },
    /// Somebody chose what becomes of it.
    Settled { change: &'a inspection_change::Model },
    /// It took place.
    Performed { tally: Tally, gaps: &'a [NonconformityId] },
    /// The structure refused it.
    Refused { statement: &'a str },
    /// The provisional report left.
    ReportSent { tally: Tally },
    /// The structure commented it.
    Commented { text: &'a str },
    /// It does not take place.
    Cancelled { reason: &'a str },
}

impl DomainEvent for InspectionEvent<'_> {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        let row = self.row();
        Subject::new("inspection", row.id, row.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        self.states.clone()
    }

    fn reason(&self) -> Option<&str> {
        match &self.what {
            What::Planned => Some(self.row().reason.as_str()),
            What::Moved { reason, .. } | What::Cancelled { reason } => Some(reason),
            What::Refused { statement } => Some(statement),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        let row = self.row();
        match &self.what {
            What::Planned => json!({ "agreement_id": row.agreement_id, "trigger": row.origin }),
            What::Scored { change } | What::Kept { change } | What::Settled { change } => json!({
                "change_id": change.id,
                "criterion": change.criterion,
                "outcome": change.outcome,
                "kept": change.kept,
            }),
            What::Performed { tally, gaps } => json!({ "scores": tally, "nonconformities": gaps }),
            What::ReportSent { tally } => json!({ "scores": tally }),
            What::Notified | What::Moved { .. } => {
                json!({ "starts_at": row.starts_at.map(|at| at.unix_timestamp()) })
            }
            What::Refused { .. } | What::Commented { .. } | What::Cancelled { .. } => json!({}),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Commented { text } => vec![("comments", (*text).to_owned())],
            What::Performed { .. } => {
                self.row().persons_met.iter().map(|met| ("persons_met", met.clone())).collect()
            }
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match &self.what {
            What::Notified => vec![self.to_structure("inspection-notified", &self.date())],
            What::Moved { before, reason } => {
                let mut own = self.date();
                own["old_at"] = json!(before.map(|at| self.instant(at)).unwrap_or_default());
                own["reason_text"] = json!(reason);
                self.both("inspection-moved", &own)
            }
            What::Performed { tally, .. } => {
                vec![self.to_managers("inspection-performed", &Self::counts(*tally))]
            }
            What::Refused { statement } => {
                let own = json!({ "statement": wording::items(statement) });
                vec![
                    self.to_structure("inspection-refusal", &own),
                    self.to_managers("inspection-refusal", &own),
                ]
            }
            What::ReportSent { tally } => {
                let mut own = Self::counts(*tally);
                let until = self.row().comments_due_at.map_or(self.now, |at| *at);
                own["comments_until"] = json!(self.instant(until));
                vec![self.to_structure("inspection-report", &own)]
            }
            What::Commented { text } => {
                let own = json!({ "comments": wording::items(text) });
                self.to_controller("inspection-commented", &own).into_iter().collect()
            }
            What::Cancelled { reason } => {
                let own = json!({ "reason_text": reason });
                // Who was never told of it is not told that it is cancelled.
                if self.row().notified_at.is_some() {
                    self.both("inspection-cancelled", &own)
                } else {
                    self.to_controller("inspection-cancelled", &own).into_iter().collect()
                }
            }
            What::Planned | What::Scored { .. } | What::Kept { .. } | What::Settled { .. } => Vec::new(),
        }
    }
}

impl InspectionEvent<'_> {
    fn row(&self) -> &inspection::Model {
        &self.dossier.inspection
    }

    fn instant(&self, at: OffsetDateTime) -> String {
        wording::instant(at, &self.dossier.structure.zone)
    }

    fn date(&self) -> Value {
        let row = self.row();
        json!({
            "starts_at": row.starts_at.map(|at| self.instant(*at)).unwrap_or_default(),
            "place": row.place,
            "pieces": wording::items(&row.pieces_asked),
            "sample_rule": row.sample_rule,
        })
    }

    fn counts(tally: Tally) -> Value {
        let count = |number: usize| i64::try_from(number).unwrap_or_default();
        json!({
            "major": french::plural(count(tally.major), "écart majeur", "écarts majeurs"),
            "minor": french::plural(count(tally.minor), "écart mineur", "écarts mineurs"),
        })
    }

    fn variables(&self, own: &Value) -> Value {
        let row = self.row();
        let mut variables = json!({
            "number": row.number,
            "trigger_label": labels::trigger(row.origin),
            "structure_name": self.dossier.structure.name,
            "certification_title": self.dossier.version.title,
            "link": format!("{}/controles/{}", self.base_url, row.number),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own.clone());
        }
        variables
    }

    fn to_structure(&self, template: &'static str, own: &Value) -> Mail {
        let to = Recipient::Structure { id: self.row().structure_id };
        Mail::new(template, to, labels::mail::WHY_STRUCTURE, self.variables(own))
    }

    fn to_managers(&self, template: &'static str, own: &Value) -> Mail {
        Mail::new(template, Recipient::Managers, labels::mail::WHY_TEAM, self.variables(own))
    }

    fn to_controller(&self, template: &'static str, own: &Value) -> Option<Mail> {
        let to = Recipient::Expert { id: self.row().controller_id? };
        Some(Mail::new(template, to, labels::mail::WHY_CONTROLLER, self.variables(own)))
    }

    fn both(&self, template: &'static str, own: &Value) -> Vec<Mail> {
        let structure = self.to_structure(template, own);
        std::iter::once(structure).chain(self.to_controller(template, own)).collect()
    }
}

/// One event of a draw. Nobody is written to: a draw is read where it is published.
pub(crate) struct DrawEvent<'a> {
    /// The draw after the act.
    pub draw: &'a draw::Model,
    /// Name and code of the event.
    pub line: Told,
    /// States.
    pub states: (Option<String>, Option<String>),
}

impl DomainEvent for DrawEvent<'_> {
    fn name(&self) -> &'static str {
        self.line.0
    }

    fn code(&self) -> &'static str {
        self.line.1
    }

    fn subject(&self) -> Subject {
        Subject::new("draw", self.draw.id, self.draw.number.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        self.states.clone()
    }

    fn reason(&self) -> Option<&str> {
        self.draw.closing.as_deref()
    }

    fn payload(&self) -> Value {
        json!({
            "algorithm": self.draw.algorithm,
            "size": self.draw.size,
            "rules": self.draw.rules,
            "population_on": self.draw.population_on.to_string(),
            "seed": self.draw.seed,
            "inputs_hash": self.draw.inputs_hash,
            "result_hash": self.draw.result_hash,
        })
    }
}
