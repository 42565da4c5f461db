//! What happened to an invoice. Events hold keys, amounts and words of states; names and reasons stay beside the journal.

use entity::ids::InvoicePaymentId;
use entity::invoice::{self, InvoiceState};
use serde_json::{Value, json};
use time::Date;
use uuid::Uuid;

use super::labels;
use super::record::{Record, SUBJECT};
use super::state::Transition;
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Subject};
use crate::rules::typed_date::iso;

/// What happened.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A step of the table.
    Stepped(&'static Transition),
    /// The draft was corrected.
    Edited,
    /// It was taken back by a credit note, and why.
    Credited(&'static Transition, String),
    /// A sum was recorded.
    Paid(&'static Transition, InvoicePaymentId, i64),
    /// A sum recorded by mistake was taken back, and why.
    Voided(&'static Transition, InvoicePaymentId, String),
    /// It was typeset and sent.
    Typeset(DocumentRef),
    /// Its party was reminded.
    Reminded,
    /// The team was told that reminders did nothing.
    Late,
}

/// One event.
#[derive(Clone, Debug)]
pub(super) struct InvoiceEvent {
    invoice: invoice::Model,
    what: What,
    mails: Vec<Mail>,
    jobs: Vec<Job>,
}

impl InvoiceEvent {
    /// An event of an invoice as it is now.
    pub(super) fn of(record: &Record, what: What) -> Self {
        Self { invoice: record.invoice.clone(), what, mails: Vec::new(), jobs: Vec::new() }
    }

    /// With messages.
    pub(super) fn telling(mut self, mails: Vec<Mail>) -> Self {
        self.mails = mails;
        self
    }

    /// With work left to do.
    pub(super) fn doing(mut self, jobs: Vec<Job>) -> Self {
        self.jobs = jobs;
        self
    }

    const fn line(&self) -> Option<&'static Transition> {
        match &self.what {
            What::Stepped(line) | What::Credited(line, _) | What::Paid(line, ..) | What::Voided(line, ..) => {
                Some(*line)
            }
            What::Edited | What::Typeset(_) | What::Reminded | What::Late => None,
        }
    }

    const fn told(&self) -> (&'static str, &'static str) {
        match &self.what {
            What::Stepped(line) | What::Credited(line, _) | What::Paid(line, ..) | What::Voided(line, ..) => {
                line.event
            }
            What::Edited => ("invoice.edited", "INV_EDITED"),
            What::Typeset(_) => ("invoice.typeset", "INV_TYPESET"),
            What::Reminded => ("invoice.reminded", "INV_REMINDED"),
            What::Late => ("invoice.late", "INV_LATE"),
        }
    }
}

impl DomainEvent for InvoiceEvent {
    fn name(&self) -> &'static str {
        self.told().0
    }

    fn code(&self) -> &'static str {
        self.told().1
    }

    fn subject(&self) -> Subject {
        let label = self.invoice.number.clone().unwrap_or_else(|| labels::DRAFT.to_owned());
        Subject::new(SUBJECT, self.invoice.id, label)
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.line() {
            Some(line) => (line.from.map(InvoiceState::word), Some(line.to.word())),
            None => (None, None),
        }
    }

    fn payload(&self) -> Value {
        let invoice = &self.invoice;
        let mut payload = json!({
            "kind": invoice.kind.word(),
            "party": invoice.party.word(),
            "session_id": invoice.session_id,
            "buyer_id": invoice.buyer_id,
            "funding_id": invoice.funding_id,
            "credits_id": invoice.credits_id,
            "issued_on": invoice.issued_on.map(iso),
            "due_on": invoice.due_on.map(iso),
            "total_cents": invoice.total_cents,
            "paid_cents": invoice.paid_cents,
            "content_sha256": invoice.content_hash.as_ref().map(hex::encode),
        });
        match &self.what {
            What::Paid(_, id, amount) => {
                payload["payment_id"] = json!(id);
                payload["amount_cents"] = json!(amount);
            }
            What::Voided(_, id, _) => payload["payment_id"] = json!(id),
            _ => {}
        }
        payload
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Credited(_, reason) | What::Voided(_, _, reason) => vec![("reason", reason.clone())],
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::Typeset(document) => vec![document.clone()],
            _ => Vec::new(),
        }
    }

    fn mails(&self) -> Vec<Mail> {
        self.mails.clone()
    }

    fn jobs(&self) -> Vec<Job> {
        self.jobs.clone()
    }
}

/// The entries of a period were taken as a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntriesExported {
    /// Key of the file.
    pub(super) id: Uuid,
    /// First day.
    pub(super) from: Date,
    /// Last day.
    pub(super) until: Date,
    /// How many invoices and payments.
    pub(super) pieces: u64,
}

impl DomainEvent for EntriesExported {
    fn name(&self) -> &'static str {
        "invoices.exported"
    }

    fn code(&self) -> &'static str {
        "INV_EXPORTED"
    }

    fn subject(&self) -> Subject {
        Subject::new("invoices", self.id, labels::EXPORT)
    }

    fn payload(&self) -> Value {
        json!({ "from": iso(self.from), "until": iso(self.until), "pieces": self.pieces })
    }
}
