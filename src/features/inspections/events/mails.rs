//! Who is written to about an inspection, and what.

use entity::nonconformity;
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::super::labels;
use super::{InspectionEvent, What};
use crate::events::{Mail, Recipient};
use crate::features::agreements::wording;
use crate::render::french;
use crate::rules::grid::Tally;

impl InspectionEvent<'_> {
    /// The mails of the event.
    pub(super) fn messages(&self) -> Vec<Mail> {
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
            What::Planned
            | What::Scored { .. }
            | What::Kept { .. }
            | What::Settled { .. }
            | What::Assigned { .. }
            | What::Accepted
            | What::Declined
            | What::Resumed
            | What::PhotoAdded { .. }
            | What::PhotoRemoved { .. }
            | What::GapDropped { .. }
            | What::ActionWritten { .. }
            | What::EvidenceAdded { .. }
            | What::EvidenceRemoved { .. }
            | What::GapClosed { .. }
            | What::DocumentIssued { .. } => Vec::new(),
            other => self.follow_up(other),
        }
    }

    /// The mails of what comes after the provisional report.
    fn follow_up(&self, what: &What<'_>) -> Vec<Mail> {
        match what {
            What::Released { told: true } => vec![self.to_structure("inspection-released", &json!({}))],
            What::Proposed => vec![self.to_managers("inspection-proposed", &self.conclusion())],
            What::Conforming => {
                let own = json!({ "conclusion": self.conclusion_items() });
                vec![self.to_structure("inspection-closed", &own)]
            }
            What::Requested { gaps } => {
                let lines: Vec<_> = gaps.iter().map(|gap| Self::gap_line(gap)).collect();
                vec![self.to_structure("inspection-actions-asked", &json!({ "gaps": lines }))]
            }
            What::Submitted { gaps } => {
                let count = i64::try_from(gaps.len()).unwrap_or_default();
                let own = json!({ "count_text": french::plural(count, "écart", "écarts") });
                let controller = self.to_controller("inspection-actions-sent", &own);
                std::iter::once(self.to_managers("inspection-actions-sent", &own)).chain(controller).collect()
            }
            What::Insufficient { gaps } => {
                let lines: Vec<_> =
                    gaps.iter().map(|(gap, reason)| format!("{}. {reason}", Self::gap_line(gap))).collect();
                vec![self.to_structure("inspection-actions-insufficient", &json!({ "gaps": lines }))]
            }
            What::Closed { words } => {
                let own = json!({ "conclusion": wording::items(words) });
                vec![self.to_structure("inspection-closed", &own)]
            }
            What::Reminded { due_on, .. } => {
                let own = json!({ "due_on": french::date(*due_on) });
                vec![self.to_structure("inspection-actions-reminder", &own)]
            }
            What::Overdue { due_on, .. } => {
                let own = json!({ "due_on": french::date(*due_on) });
                vec![
                    self.to_structure("inspection-overdue", &own),
                    self.to_managers("inspection-overdue", &own),
                ]
            }
            What::Escalated { reasons } => {
                let own = json!({ "reasons": wording::items(reasons) });
                self.to_controller("inspection-escalated", &own).into_iter().collect()
            }
            // A cancelled one that was never told is reopened without a word to the structure.
            What::Reopened { reason } if self.row().notified_at.is_some() => {
                self.both("inspection-reopened", &json!({ "reason_text": reason }))
            }
            _ => Vec::new(),
        }
    }

    fn conclusion(&self) -> Value {
        let row = self.row();
        json!({
            "proposal_label": row.proposal.map(labels::proposal).unwrap_or_default(),
            "conclusion": self.conclusion_items(),
        })
    }

    fn conclusion_items(&self) -> Vec<String> {
        wording::items(self.row().conclusion.as_deref().unwrap_or_default())
    }

    /// A gap and its day: "A2, écart mineur, avant le 3 mars 2026".
    fn gap_line(gap: &nonconformity::Model) -> String {
        let due = gap.due_on.map(french::date).unwrap_or_default();
        labels::mail::gap(&gap.criterion, labels::severity(gap.severity).word, &due)
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
