//! What happens to work that failed, by the act of a person.

use entity::ids::JobId;
use entity::job::JobState;
use serde_json::{Value, json};

use crate::events::{DomainEvent, Subject};

/// Events of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum WorkEvent {
    /// A document that failed is ordered again.
    Redone {
        /// Key of the work.
        id: JobId,
        /// Number of the file that the document is about.
        reference: String,
        /// What the document is, `deposit-receipt`.
        document: String,
        /// How many times it had been tried.
        attempts: i32,
    },
}

impl DomainEvent for WorkEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Redone { .. } => "job.redone",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Redone { .. } => "JOB_REDONE",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Redone { id, reference, .. } => Subject::new("job", *id, reference.clone()),
        }
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Redone { .. } => (Some(JobState::Failed.word()), Some(JobState::Pending.word())),
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Redone { document, attempts, .. } => json!({ "document": document, "attempts": attempts }),
        }
    }
}
