//! Who is written to when something happens to a candidate (table 1.5 of the domain reference).
//!
//! The candidate reads their own messages when they have an address; else the structure receives them, to be handed over.

use serde_json::{Value, json};

use super::{CandidateEvent, What};
use crate::events::{Mail, Recipient};
use crate::features::candidates::labels;
use crate::render::french;

/// Every mail of an event.
pub(super) fn of(event: &CandidateEvent<'_>) -> Vec<Mail> {
    let w = Writer { event };
    let row = &event.dossier.candidate;
    match &event.what {
        What::Enrolled => vec![w.candidate("candidate-enrolled", json!({}))],
        What::PathStarted => {
            let own = json!({ "starts_on": row.path_starts_on.map(french::date) });
            vec![w.candidate("candidate-path-started", own)]
        }
        What::Submitted { .. } => {
            let own = json!({ "revision": row.file_revision.to_string() });
            vec![w.mail("candidate-submitted", Recipient::Managers, labels::WHY_TEAM, own)]
        }
        What::Incomplete { lack } => vec![w.structure("candidate-incomplete", json!({ "lack": lack }))],
        What::Admitted => vec![w.structure("candidate-admitted", json!({}))],
        What::ResitPlanned => vec![w.candidate("candidate-resit", json!({}))],
        What::Excluded { reason, .. } => {
            vec![w.candidate("candidate-excluded", json!({ "reason_text": reason }))]
        }
        What::Transferred { .. } => vec![w.structure("candidate-transferred", json!({}))],
        What::Positioned { .. }
        | What::Withdrawn { .. }
        | What::Corrected { .. }
        | What::ContactChanged { .. }
        | What::PieceAdded { .. }
        | What::PieceRemoved { .. }
        | What::Moved { .. }
        | What::DocumentIssued { .. } => Vec::new(),
    }
}

struct Writer<'a, 'b> {
    event: &'a CandidateEvent<'b>,
}

impl Writer<'_, '_> {
    fn mail(&self, template: &'static str, to: Recipient, reason: &'static str, own: Value) -> Mail {
        let dossier = self.event.dossier;
        let row = &dossier.candidate;
        let referent = Some(row.referent.as_str()).filter(|name| !name.is_empty());
        let mut variables = json!({
            "number": row.number,
            "candidate_name": dossier.name(),
            "certification_title": dossier.certification.short_title,
            "structure_name": dossier.structure_label(),
            "referent": referent,
            "relayed": false,
            "link": format!("{}{}", self.event.base_url, dossier.path()),
        });
        if let (Some(all), Value::Object(own)) = (variables.as_object_mut(), own) {
            all.extend(own);
        }
        Mail::new(template, to, reason, variables)
    }

    fn structure(&self, template: &'static str, own: Value) -> Mail {
        let to = Recipient::Structure { id: self.event.dossier.structure.id };
        self.mail(template, to, labels::WHY_STRUCTURE, own)
    }

    /// For the candidate, or for whoever hands it over.
    fn candidate(&self, template: &'static str, own: Value) -> Mail {
        let row = &self.event.dossier.candidate;
        if row.detained || row.email.is_empty() {
            let mut own = own;
            own["relayed"] = json!(true);
            return self.structure(template, own);
        }
        let to = Recipient::Address { address: row.email.clone() };
        self.mail(template, to, labels::WHY_CANDIDATE, own)
    }
}
