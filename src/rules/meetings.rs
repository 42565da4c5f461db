//! What the certifier may change of the working meetings of experts.
use serde::{Deserialize, Serialize};

/// The rules in force. A value that holds only what was changed is completed by the defaults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MeetingRules {
    /// Days before the date of something to do at which its owner is reminded.
    pub action_reminder_days: u16,
}

impl Default for MeetingRules {
    fn default() -> Self {
        Self { action_reminder_days: 7 }
    }
}

impl MeetingRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        if (1..=60).contains(&self.action_reminder_days) {
            return Vec::new();
        }
        vec![("action_reminder_days", "Indiquez un nombre de jours entre 1 et 60")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reminder_leaves_some_days_before() {
        for (days, wrong) in [(0, true), (1, false), (7, false), (60, false), (61, true)] {
            assert_eq!(!MeetingRules { action_reminder_days: days }.faults().is_empty(), wrong, "{days}");
        }
    }
}
