//! What happens to a mail by the act of a person.

use entity::ids::MailId;
use entity::mail::MailState;
use serde_json::{Value, json};

use crate::events::{DomainEvent, Subject};

/// Events of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MailEvent {
    /// A failed mail goes back to the outbox.
    Retried {
        /// Its key.
        id: MailId,
        /// Its template, which says what it is about without naming anybody.
        template: String,
        /// How many times it had been tried.
        attempts: i32,
    },
}

impl DomainEvent for MailEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Retried { .. } => "mail.retried",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Retried { .. } => "MAIL_RETRIED",
        }
    }

    fn subject(&self) -> Subject {
        match self {
            Self::Retried { id, template, .. } => Subject::new("mail", *id, template.clone()),
        }
    }

    fn states(&self) -> (Option<String>, Option<String>) {
        match self {
            Self::Retried { .. } => (Some(MailState::Failed.word()), Some(MailState::Pending.word())),
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Retried { attempts, .. } => json!({ "attempts": attempts }),
        }
    }
}
