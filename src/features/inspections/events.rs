//! What happens to an inspection: journal line; mails are in `mails`, draws in `draws`.

mod draws;
mod mails;

pub(crate) use draws::{DrawEvent, DrawWhat};

use entity::ids::{DocumentId, NonconformityId};
use entity::{corrective_action, inspection, inspection_change, nonconformity};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime};

use super::documents;
use super::dossier::Dossier;
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Subject};
use crate::rules::grid::Tally;
use crate::rules::transitions::Told;
use crate::rules::typed_date::iso;

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
    /// Its mission is proposed to somebody.
    Assigned { mission: &'a str },
    /// Whoever it was proposed to makes it.
    Accepted,
    /// Nobody of those asked makes it.
    Declined,
    /// Whoever was to make it does not; whether the structure was told of a date.
    Released { told: bool },
    /// The structure accepts it after all.
    Resumed,
    /// A photo was added.
    PhotoAdded { document: DocumentRef },
    /// A photo was taken away.
    PhotoRemoved { document: DocumentId },
    /// A gap is given up, the structure having been heard.
    GapDropped { gap: &'a nonconformity::Model, reason: &'a str },
    /// Whoever inspected proposes how to end.
    Proposed,
    /// It ends without a gap.
    Conforming,
    /// Gaps are to be put right, each by its day.
    Requested { gaps: &'a [nonconformity::Model] },
    /// The structure wrote what it does of a gap.
    ActionWritten { action: &'a corrective_action::Model },
    /// A file proves an answer.
    EvidenceAdded { document: DocumentRef, gap: NonconformityId },
    /// It is taken away.
    EvidenceRemoved { document: DocumentId, gap: NonconformityId },
    /// Every answer is there.
    Submitted { gaps: &'a [NonconformityId] },
    /// Some are not enough.
    Insufficient { gaps: &'a [(nonconformity::Model, String)] },
    /// A gap is put right.
    GapClosed { gap: &'a nonconformity::Model, how: &'a str },
    /// Every gap is.
    Closed { words: &'a str },
    /// The structure is reminded of the day.
    Reminded { due_on: Date, count: i32 },
    /// The day is behind.
    Overdue { due_on: Date, gaps: &'a [NonconformityId] },
    /// It is brought to the right itself.
    Escalated { reasons: &'a str },
    /// It was closed or cancelled by mistake.
    Reopened { reason: &'a str },
    /// A document was typeset.
    DocumentIssued { document: DocumentRef, template: &'static str, archival: bool },
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
            What::Assigned { .. } => self.row().tie_override.as_deref(),
            What::Moved { reason, .. }
            | What::Cancelled { reason }
            | What::GapDropped { reason, .. }
            | What::Reopened { reason } => Some(reason),
            What::Escalated { reasons } => Some(reasons),
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
            What::Assigned { mission } => json!({ "mission": mission }),
            What::Accepted => json!({ "controller_id": row.controller_id }),
            What::PhotoRemoved { document } => json!({ "document_id": document }),
            What::GapDropped { gap, .. } | What::GapClosed { gap, .. } => {
                json!({ "nonconformity_id": gap.id, "criterion": gap.criterion })
            }
            What::Proposed => json!({ "proposal": row.proposal }),
            What::Requested { gaps } => json!({ "due": due_of(gaps.iter()) }),
            What::ActionWritten { action } => {
                json!({ "nonconformity_id": action.nonconformity_id, "round": action.round })
            }
            What::EvidenceAdded { gap, .. } => json!({ "nonconformity_id": gap }),
            What::EvidenceRemoved { document, gap } => {
                json!({ "nonconformity_id": gap, "document_id": document })
            }
            What::Submitted { gaps } => json!({ "nonconformities": gaps }),
            What::Insufficient { gaps } => json!({ "due": due_of(gaps.iter().map(|(gap, _)| gap)) }),
            What::Reminded { due_on, count } => json!({ "due_on": iso(*due_on), "count": count }),
            What::Overdue { due_on, gaps } => json!({ "due_on": iso(*due_on), "nonconformities": gaps }),
            What::DocumentIssued { template, archival, .. } => {
                json!({ "template": template, "archival": archival })
            }
            What::Refused { .. }
            | What::Commented { .. }
            | What::Cancelled { .. }
            | What::Declined
            | What::Released { .. }
            | What::Resumed
            | What::PhotoAdded { .. }
            | What::Conforming
            | What::Closed { .. }
            | What::Escalated { .. }
            | What::Reopened { .. } => json!({}),
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

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::PhotoAdded { document }
            | What::EvidenceAdded { document, .. }
            | What::DocumentIssued { document, .. } => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        self.messages()
    }

    fn jobs(&self) -> Vec<Job> {
        let order = |document: &str| vec![documents::order(self.row(), document, self.now)];
        match &self.what {
            What::Notified | What::Moved { .. } => order(documents::NOTICE),
            What::ReportSent { .. } => order(documents::PROVISIONAL),
            What::Conforming | What::Requested { .. } => order(documents::FINAL),
            What::Closed { .. } => order(documents::CLOSING),
            _ => Vec::new(),
        }
    }
}

impl InspectionEvent<'_> {
    fn row(&self) -> &inspection::Model {
        &self.dossier.inspection
    }
}

/// Each gap and its day.
fn due_of<'a>(gaps: impl Iterator<Item = &'a nonconformity::Model>) -> Vec<Value> {
    gaps.map(|gap| json!({ "nonconformity_id": gap.id, "due_on": gap.due_on.map(iso) })).collect()
}
