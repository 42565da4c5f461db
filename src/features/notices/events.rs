//! What happened to the messages of a person.

use entity::ids::AccountId;
use entity::notice_preference;
use serde_json::{Value, json};
use uuid::Uuid;

use super::labels;
use crate::events::{DomainEvent, Mail, Recipient, Subject, diff};
use crate::rules::notices::Class;

/// One line of a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Key of the message.
    pub mail: Uuid,
    /// Its subject.
    pub subject: String,
    /// What it says first.
    pub summary: String,
    /// Where it leads.
    pub link: String,
}

/// One event.
#[derive(Clone, Debug)]
pub enum NoticeEvent {
    /// A person changed what they wish.
    PreferencesChanged {
        /// Before; none = the proposals of the certifier.
        before: Option<notice_preference::Model>,
        /// After.
        after: notice_preference::Model,
    },
    /// A person turned off a class of messages from a message.
    Unsubscribed {
        /// The account.
        account: AccountId,
        /// The class.
        class: Class,
    },
    /// What was held back for a person is gathered in one message.
    DigestMade {
        /// The account.
        account: AccountId,
        /// The day, in words.
        day: String,
        /// The messages.
        items: Vec<Item>,
        /// Where they are read.
        link: String,
    },
}

fn shown(row: &notice_preference::Model) -> Value {
    json!({
        "work": row.work,
        "reminder": row.reminder,
        "quiet_from": row.quiet_from,
        "quiet_until": row.quiet_until,
        "work_waits": row.work_waits,
        "weekends": row.weekends,
        "digest_at": row.digest_at,
        "zone": row.zone,
    })
}

impl DomainEvent for NoticeEvent {
    fn name(&self) -> &'static str {
        match self {
            Self::PreferencesChanged { .. } => "notices.preferences_changed",
            Self::Unsubscribed { .. } => "notices.unsubscribed",
            Self::DigestMade { .. } => "notices.digest_made",
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::PreferencesChanged { .. } => "NOTICE_PREFERENCES",
            Self::Unsubscribed { .. } => "NOTICE_UNSUBSCRIBED",
            Self::DigestMade { .. } => "NOTICE_DIGEST",
        }
    }

    fn subject(&self) -> Subject {
        let account = match self {
            Self::PreferencesChanged { after, .. } => after.account_id,
            Self::Unsubscribed { account, .. } | Self::DigestMade { account, .. } => *account,
        };
        Subject::new("account", account, account.to_string())
    }

    fn payload(&self) -> Value {
        match self {
            Self::PreferencesChanged { before, after } => {
                let before = before.as_ref().map_or_else(|| json!({}), shown);
                json!({ "changed": diff::diff(&before, &shown(after)) })
            }
            Self::Unsubscribed { class, .. } => json!({ "class": class.word() }),
            Self::DigestMade { items, .. } => {
                json!({ "mails": items.iter().map(|item| item.mail).collect::<Vec<_>>() })
            }
        }
    }

    fn mails(&self) -> Vec<Mail> {
        match self {
            Self::DigestMade { account, day, items, link } => {
                let line = |item: &Item| json!({ "subject": item.subject, "summary": item.summary, "link": item.link });
                let variables =
                    json!({ "day": day, "link": link, "items": items.iter().map(line).collect::<Vec<_>>() });
                vec![Mail::new("mail-digest", Recipient::Account { id: *account }, labels::WHY, variables)]
            }
            Self::PreferencesChanged { .. } | Self::Unsubscribed { .. } => Vec::new(),
        }
    }
}
