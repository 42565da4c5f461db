//! What happened to a setting. The addresses that receive the head of the journal are personal.

use serde_json::{Value, json};
use uuid::Uuid;

use super::Key;
use crate::events::{DomainEvent, Job, Subject, diff};

/// A setting was changed, or given back its default.
#[derive(Clone, Debug)]
pub struct SettingChanged {
    /// The setting.
    pub key: Key,
    /// Value that applied before.
    pub before: Value,
    /// Value that applies now.
    pub after: Value,
}

impl DomainEvent for SettingChanged {
    fn name(&self) -> &'static str {
        "setting.changed"
    }

    fn code(&self) -> &'static str {
        "SETTING_CHANGED"
    }

    fn subject(&self) -> Subject {
        Subject::new("setting", Uuid::nil(), self.key.name())
    }

    fn payload(&self) -> Value {
        let count = |value: &Value| value.as_array().map_or(0, Vec::len);
        match self.key {
            Key::HeadRecipients => {
                json!({ "key": self.key.name(), "count": { "before": count(&self.before), "after": count(&self.after) } })
            }
            _ => json!({ "key": self.key.name(), "changed": diff::diff(&self.before, &self.after) }),
        }
    }

    fn personal(&self) -> Vec<(&'static str, String)> {
        match self.key {
            Key::HeadRecipients => {
                vec![("before", self.before.to_string()), ("after", self.after.to_string())]
            }
            _ => Vec::new(),
        }
    }

    /// Duties already given are weighed again by the new matrix.
    fn jobs(&self) -> Vec<Job> {
        match self.key {
            Key::TieMatrix => vec![Job::now("ties.recheck", json!({}))],
            _ => Vec::new(),
        }
    }
}
