//! The order of a waiting list: a rule that is published, never a race (domain reference, 4.3).
//!
//! By default whoever came first is first. The certifier may put before that the structure that has the fewest seats in
//! the session, and people of the territory where an overseas session is held. Ranks are 1, 2, 3… without a gap.
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What decides between two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Whoever came first.
    Arrival,
    /// Whose structure has the fewest seats in the session.
    StructureShare,
    /// Who is of the territory of an overseas session.
    Overseas,
}

impl Priority {
    /// What the catalogue says of it.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Arrival => "la date de la demande",
            Self::StructureShare => "la structure qui a le moins de places dans la session",
            Self::Overseas => "les personnes du territoire, pour une session outre-mer",
        }
    }
}

/// The rule in force: the first that tells two people apart decides, the order of arrival at the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WaitingRules {
    /// In order.
    pub priorities: Vec<Priority>,
}

impl Default for WaitingRules {
    fn default() -> Self {
        Self { priorities: vec![Priority::Arrival] }
    }
}

impl WaitingRules {
    /// The fields that cannot be, each with its sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let twice = |at: usize| self.priorities[..at].contains(&self.priorities[at]);
        if self.priorities.is_empty() || (0..self.priorities.len()).any(twice) {
            return vec![("priorities", "Indiquez au moins un critère, chacun une seule fois")];
        }
        Vec::new()
    }

    /// What the catalogue publishes.
    #[must_use]
    pub fn published(&self) -> String {
        let words: Vec<&str> = self.priorities.iter().map(|one| one.sentence()).collect();
        format!("Ordre de la liste d’attente\u{202f}: {}.", words.join(", puis "))
    }
}

/// Somebody who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting<K> {
    /// Who.
    pub key: K,
    /// Order of arrival in the session.
    pub seq: i32,
    /// Seats that their structure has in the session; none for an individual.
    pub share: u32,
    /// Whether they are of the territory of an overseas session.
    pub local: bool,
}

/// Those who wait, in order: the first has rank 1.
#[must_use]
pub fn ordered<K: Copy>(waiting: &[Waiting<K>], rules: &WaitingRules) -> Vec<K> {
    let mut sorted: Vec<&Waiting<K>> = waiting.iter().collect();
    sorted.sort_by(|one, other| compare(one, other, rules));
    sorted.into_iter().map(|one| one.key).collect()
}

/// The rank that somebody takes among those who wait.
#[must_use]
pub fn rank<K>(newcomer: &Waiting<K>, waiting: &[Waiting<K>], rules: &WaitingRules) -> u32 {
    let before = waiting.iter().filter(|one| compare(one, newcomer, rules) == Ordering::Less).count();
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// Those to whom the free seats are offered, in order.
#[must_use]
pub fn next_offers<K: Copy>(free: u32, waiting: &[Waiting<K>], rules: &WaitingRules) -> Vec<K> {
    let mut found = ordered(waiting, rules);
    found.truncate(usize::try_from(free).unwrap_or(usize::MAX));
    found
}

fn compare<K>(one: &Waiting<K>, other: &Waiting<K>, rules: &WaitingRules) -> Ordering {
    let by = |priority: &Priority| match priority {
        Priority::Arrival => one.seq.cmp(&other.seq),
        Priority::StructureShare => one.share.cmp(&other.share),
        Priority::Overseas => other.local.cmp(&one.local),
    };
    let decided = rules.priorities.iter().map(by).find(|found| found.is_ne());
    decided.unwrap_or_else(|| one.seq.cmp(&other.seq))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn waiting(key: char, seq: i32, share: u32, local: bool) -> Waiting<char> {
        Waiting { key, seq, share, local }
    }

    const LIST: [Waiting<char>; 4] = [
        waiting('a', 4, 3, false),
        waiting('b', 1, 3, false),
        waiting('c', 7, 0, false),
        waiting('d', 5, 3, true),
    ];

    #[test]
    fn the_first_priority_that_tells_two_people_apart_decides() {
        use Priority::{Arrival, Overseas, StructureShare};
        let cases: [(&[Priority], &str); 5] = [
            (&[Arrival], "badc"),
            (&[StructureShare], "cbad"),
            (&[Overseas], "dbac"),
            (&[StructureShare, Overseas], "cdba"),
            (&[Arrival, StructureShare, Overseas], "badc"),
        ];
        for (priorities, expected) in cases {
            let rules = WaitingRules { priorities: priorities.to_vec() };
            assert_eq!(ordered(&LIST, &rules).iter().collect::<String>(), expected, "{priorities:?}");
            for (position, key) in expected.chars().enumerate() {
                let one = LIST.iter().find(|one| one.key == key).unwrap();
                assert_eq!(rank(one, &LIST, &rules) as usize, position + 1, "{key} {priorities:?}");
            }
        }
    }

    #[test]
    fn free_seats_are_offered_in_order() {
        let rules = WaitingRules::default();
        for (free, expected) in [(0, ""), (2, "ba"), (9, "badc")] {
            assert_eq!(next_offers(free, &LIST, &rules).iter().collect::<String>(), expected, "{free}");
        }
    }

    #[test]
    fn a_rule_says_something_and_nothing_twice() {
        assert!(WaitingRules::default().faults().is_empty());
        for priorities in [vec![], vec![Priority::Arrival, Priority::Arrival]] {
            assert!(!WaitingRules { priorities }.faults().is_empty());
        }
        assert!(WaitingRules::default().published().contains("la date de la demande"));
    }
}
