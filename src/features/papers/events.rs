//! What happened to a paper. Events hold keys and words of states; a reason that somebody typed stays beside the journal.

use entity::training_document::{self, PaperState};
use entity::training_signature::{Party, SignatureKind};
use serde_json::{Value, json};

use super::record::{Record, SUBJECT};
use super::state::Transition;
use crate::events::{DocumentRef, DomainEvent, Job, Mail, Subject};

/// What happened.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A step of the table.
    Stepped(&'static Transition),
    /// It was taken back, and why.
    Voided(&'static Transition, String),
    /// It was typeset.
    Typeset(&'static Transition, DocumentRef),
    /// Somebody signed, or refused.
    Answered {
        /// As whom.
        party: Party,
        /// How.
        kind: SignatureKind,
        /// Why they refused.
        reason: String,
    },
    /// The signed issue was typeset.
    SignedTypeset(DocumentRef),
    /// A version of what everybody is given was handed to somebody.
    Handed,
    /// Whoever lacks was reminded.
    Reminded,
    /// The delay to sign has passed.
    Overdue,
}

/// One event.
#[derive(Clone, Debug)]
pub(super) struct PaperEvent {
    paper: training_document::Model,
    reference: String,
    what: What,
    mails: Vec<Mail>,
    jobs: Vec<Job>,
}

impl PaperEvent {
    /// An event of a paper as it is now.
    pub(super) fn of(record: &Record, what: What) -> Self {
        let (paper, reference) = (record.paper.clone(), record.reference());
        Self { paper, reference, what, mails: Vec::new(), jobs: Vec::new() }
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
            What::Stepped(line) | What::Voided(line, _) | What::Typeset(line, _) => Some(*line),
            What::Answered { .. }
            | What::SignedTypeset(_)
            | What::Handed
            | What::Reminded
            | What::Overdue => None,
        }
    }

    const fn told(&self) -> (&'static str, &'static str) {
        match &self.what {
            What::Stepped(line) | What::Voided(line, _) | What::Typeset(line, _) => line.event,
            What::Answered { kind: SignatureKind::Refused, .. } => ("paper.refused", "DOC_REFUSED"),
            What::Answered { .. } => ("paper.signature_given", "DOC_SIGNATURE"),
            What::SignedTypeset(_) => ("paper.signed_typeset", "DOC_SIGNED_TYPESET"),
            What::Handed => ("paper.handed", "DOC_HANDED"),
            What::Reminded => ("paper.reminded", "DOC_REMINDED"),
            What::Overdue => ("paper.overdue", "DOC_OVERDUE"),
        }
    }
}

impl DomainEvent for PaperEvent {
    fn name(&self) -> &'static str {
        self.told().0
    }

    fn code(&self) -> &'static str {
        self.told().1
    }

    fn subject(&self) -> Subject {
        Subject::new(SUBJECT, self.paper.id, self.reference.clone())
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self.line() {
            Some(line) => (line.from.map(PaperState::word), Some(line.to.word())),
            None => (None, None),
        }
    }

    fn payload(&self) -> Value {
        let paper = &self.paper;
        let mut payload = json!({
            "kind": paper.kind.word(),
            "revision": paper.revision,
            "session_id": paper.session_id,
            "enrolment_id": paper.enrolment_id,
            "buyer_id": paper.buyer_id,
            "slot_id": paper.slot_id,
            "subcontract_id": paper.subcontract_id,
            "handbook_id": paper.handbook_id,
            "content_sha256": hex::encode(&paper.content_hash),
            "sign_until": paper.sign_until.map(|at| at.unix_timestamp()),
        });
        if let What::Answered { party, kind, .. } = &self.what {
            payload["party"] = json!(party.word());
            payload["way"] = json!(kind.word());
        }
        payload
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match &self.what {
            What::Voided(_, reason) | What::Answered { reason, .. } if !reason.is_empty() => {
                vec![("reason", reason.clone())]
            }
            _ => Vec::new(),
        }
    }

    fn documents(&self) -> Vec<DocumentRef> {
        match &self.what {
            What::Typeset(_, document) | What::SignedTypeset(document) => vec![document.clone()],
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
