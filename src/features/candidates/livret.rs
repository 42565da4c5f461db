//! What the livret of a candidate must hold before the file is handed in (domain reference, 1.5 and 1.6). Pure.

pub mod labels;

use std::collections::HashSet;

use time::Date;

use crate::rules::fold::fold;

/// Dated observations that each skill needs at least.
pub const ASKED: usize = 2;

/// A skill that was not observed as often as is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thin {
    /// Code of the skill.
    pub code: String,
    /// Observations that are there.
    pub there: usize,
}

/// How many observations of one skill count: the same day, situation and assessor written twice are one; each is the day,
/// the situation and the assessor.
#[must_use]
pub fn distinct<'a>(observations: impl IntoIterator<Item = (Date, &'a str, &'a str)>) -> usize {
    let seen: HashSet<(Date, String, String)> = observations
        .into_iter()
        .map(|(day, situation, assessor)| (day, fold(situation), fold(assessor)))
        .collect();
    seen.len()
}

/// How many observations a skill still needs.
#[must_use]
pub const fn wanting(there: usize) -> usize {
    ASKED.saturating_sub(there)
}

/// The skills that need observations, in their order; `skills` are their codes and how often each was observed.
#[must_use]
pub fn thin<'a>(skills: impl IntoIterator<Item = (&'a str, usize)>) -> Vec<Thin> {
    let needs = skills.into_iter().filter(|(_, there)| wanting(*there) > 0);
    needs.map(|(code, there)| Thin { code: code.to_owned(), there }).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn what_is_written_twice_counts_once() {
        let (monday, tuesday) = (date!(2026 - 03 - 02), date!(2026 - 03 - 03));
        let first = (monday, "Taille de la haie", "Maëlys Kerzoncuf");
        for (second, expected) in [
            (first, 1),
            ((monday, "taille de la  haie", "MAËLYS KERZONCUF"), 1),
            ((tuesday, "Taille de la haie", "Maëlys Kerzoncuf"), 2),
            ((monday, "Arrosage du semis", "Maëlys Kerzoncuf"), 2),
            ((monday, "Taille de la haie", "Zoé Abel"), 2),
        ] {
            assert_eq!(distinct([first, second]), expected, "{second:?}");
        }
        assert_eq!(distinct([]), 0);
    }

    #[test]
    fn each_skill_is_observed_twice_at_least() {
        for (there, expected) in [(0, 2), (1, 1), (2, 0), (5, 0)] {
            assert_eq!(wanting(there), expected, "{there}");
        }
        let found = thin([("C1", 2), ("C2", 1), ("C3", 0)]);
        let told: Vec<_> = found.iter().map(|one| (one.code.as_str(), one.there)).collect();
        assert_eq!(told, [("C2", 1), ("C3", 0)]);
        assert!(thin([]).is_empty(), "without a referential there is no skill");
    }
}
