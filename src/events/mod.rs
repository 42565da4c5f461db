//! What happened: one value that becomes the journal line, the mails and the jobs of an act.
//!
//! A feature declares an enumeration and implements [`DomainEvent`] with exhaustive matches, so that a new
//! event does not compile until it is said who is written to, and when nobody is.

mod canonical;
mod classes;
pub mod diff;
mod mail;
mod seal;

pub use canonical::{EventLine, canonical_bytes, canonical_text, personal_hash, unix_millis};
pub use classes::{CLASSES, class_of};
pub use mail::{Applies, Invitation, InvitationMethod, Mail, Recipient};
pub use seal::{Seal, frontier_of, frontier_text, key_id};

use entity::ids::DocumentId;
use serde_json::Value;
use time::OffsetDateTime;
use uuid::Uuid;

/// The thing that the event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Name of its table.
    pub kind: &'static str,
    /// Its key.
    pub id: Uuid,
    /// What a person calls it at that moment, `AGR-2026-0042`; never the name of a person.
    pub label: String,
}

impl Subject {
    /// A subject.
    pub fn new(kind: &'static str, id: impl Into<Uuid>, label: impl Into<String>) -> Self {
        Self { kind, id: id.into(), label: label.into() }
    }
}

/// Work to do after the commit, or at a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Name of the work, `agreements.issue_document`.
    pub kind: &'static str,
    /// What it needs.
    pub payload: Value,
    /// When; none = at once.
    pub due_at: Option<OffsetDateTime>,
    /// At most one job with this key is ever made.
    pub dedupe: Option<String>,
}

impl Job {
    /// Work to do at once.
    #[must_use]
    pub fn now(kind: &'static str, payload: Value) -> Self {
        Self { kind, payload, due_at: None, dedupe: None }
    }
}

/// A document tied to the act: its key and the SHA-256 of its content in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRef {
    /// Key of the document.
    pub id: DocumentId,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// One event of the domain.
pub trait DomainEvent {
    /// Stable name, `agreement_request.granted`.
    fn name(&self) -> &'static str;
    /// Code of the domain tables, `AGR_GRANTED`.
    fn code(&self) -> &'static str;
    /// The thing it is about.
    fn subject(&self) -> Subject;
    /// State before and after, when the event is a transition.
    fn states(&self) -> (Option<String>, Option<String>) {
        (None, None)
    }
    /// The reason given by the person, when the rules want one.
    fn reason(&self) -> Option<&str> {
        None
    }
    /// Identifiers, codes, changes. Personal values go to [`DomainEvent::personal`].
    fn payload(&self) -> Value {
        Value::Object(serde_json::Map::new())
    }
    /// Personal values, kept beside the journal and referred to by salted hash: field and value.
    fn personal(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
    /// Documents produced or received by the act.
    fn documents(&self) -> Vec<DocumentRef> {
        Vec::new()
    }
    /// Who is written to.
    fn mails(&self) -> Vec<Mail> {
        Vec::new()
    }
    /// What is left to do.
    fn jobs(&self) -> Vec<Job> {
        Vec::new()
    }
}
