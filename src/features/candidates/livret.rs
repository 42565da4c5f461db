//! What the livret of a candidate must hold before the file is handed in (domain reference, 1.5 and 1.6). Pure.

pub mod labels;

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
    use super::*;

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
