//! What happens to the journal itself, and who is told.

use serde_json::{Value, json};
use uuid::Uuid;

use super::divergence::Outcome;
use crate::events::{DomainEvent, Mail, Subject};

/// An event of the journal.
#[derive(Clone, Debug)]
pub enum JournalEvent {
    /// Somebody took a copy.
    Exported {
        /// Events in the file.
        tree_size: u64,
        /// Root of the file, in hexadecimal.
        root: String,
    },
    /// Everything was recomputed, or what was added since a seal.
    Verified {
        /// What was found.
        outcome: Box<Outcome>,
        /// Messages, when something is wrong.
        mails: Vec<Mail>,
    },
    /// Personal values were erased.
    PersonalErased {
        /// Events concerned.
        events: Vec<Uuid>,
        /// Account concerned, when the erasure was asked for one.
        account: Option<Uuid>,
        /// Number of values.
        values: u64,
        /// Why.
        reason: String,
    },
    /// The head was sent to those who keep it.
    HeadSent {
        /// Size of the seal.
        tree_size: u64,
        /// Its root, in hexadecimal.
        root: String,
        /// Name of the key.
        key_id: String,
        /// The messages.
        mails: Vec<Mail>,
    },
}

impl DomainEvent for JournalEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::Exported { .. } => "journal.exported",
            Self::Verified { .. } => "journal.verified",
            Self::PersonalErased { .. } => "journal.personal_erased",
            Self::HeadSent { .. } => "journal.head_sent",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Exported { .. } => "JOURNAL_EXPORTED",
            Self::Verified { .. } => "JOURNAL_VERIFIED",
            Self::PersonalErased { .. } => "JOURNAL_PERSONAL_ERASED",
            Self::HeadSent { .. } => "JOURNAL_HEAD_SENT",
        }
    }

    fn subject(&self) -> Subject {
        Subject::new("journal", Uuid::nil(), "JOURNAL")
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::PersonalErased { reason, .. } => Some(reason),
            _ => None,
        }
    }

    fn payload(&self) -> Value {
        match self {
            Self::Exported { tree_size, root } => json!({ "tree_size": tree_size, "root": root }),
            Self::Verified { outcome, .. } => outcome.to_json(),
            Self::PersonalErased { events, account, values, .. } => {
                json!({ "events": events, "account": account, "values": values })
            }
            Self::HeadSent { tree_size, root, key_id, .. } => {
                json!({ "tree_size": tree_size, "root": root, "key_id": key_id })
            }
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match self {
            Self::Exported { .. } | Self::PersonalErased { .. } => Vec::new(),
            Self::Verified { mails, .. } | Self::HeadSent { mails, .. } => mails.clone(),
        }
    }
}
