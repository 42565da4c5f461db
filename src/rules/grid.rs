//! How a control is rated from the scores of its criteria.
//!
//! The grid itself (domains and criteria) is versioned data; only the counting lives here, and its thresholds are
//! settings.
use serde::{Deserialize, Serialize};

/// The score of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Score {
    /// « C »: conforming.
    Conforming,
    /// Minor non-conformity, « NC » and a small m.
    Minor,
    /// Major non-conformity, « NC » and a capital M.
    Major,
    /// « SO »: the criterion does not apply.
    NotApplicable,
}

/// How many criteria got each score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Conforming criteria.
    pub conforming: usize,
    /// Minor non-conformities.
    pub minor: usize,
    /// Major non-conformities.
    pub major: usize,
    /// Criteria that do not apply.
    pub not_applicable: usize,
}

impl Tally {
    /// Counts the scores of a grid.
    #[must_use]
    pub fn of(scores: &[Score]) -> Self {
        let count = |wanted| scores.iter().filter(|score| **score == wanted).count();
        Self {
            conforming: count(Score::Conforming),
            minor: count(Score::Minor),
            major: count(Score::Major),
            not_applicable: count(Score::NotApplicable),
        }
    }
}

/// The conclusion of a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// The structure may be agreed.
    Conforming,
    /// The structure may be agreed with an action plan.
    UnderReserve,
    /// The structure is not ready.
    Unfavourable,
}

impl Rating {
    /// The rating of a control that the structure refused.
    pub const REFUSED: Self = Self::Unfavourable;
}

/// Where a rating changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Minor non-conformities that a conforming control may have.
    pub minor_tolerated: usize,
    /// Major non-conformities that a conforming control may have.
    pub major_tolerated: usize,
    /// Major non-conformities from which the control is unfavourable.
    pub major_unfavourable: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { minor_tolerated: 3, major_tolerated: 0, major_unfavourable: 2 }
    }
}

/// Rates the scores of a performed control; the caller checks that every criterion was scored, and uses
/// [`Rating::REFUSED`] when the structure refused the control.
#[must_use]
pub fn rate(scores: &[Score], thresholds: Thresholds) -> Rating {
    let tally = Tally::of(scores);
    if tally.major >= thresholds.major_unfavourable {
        Rating::Unfavourable
    } else if tally.major > thresholds.major_tolerated || tally.minor > thresholds.minor_tolerated {
        Rating::UnderReserve
    } else {
        Rating::Conforming
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(conforming: usize, minor: usize, major: usize, not_applicable: usize) -> Vec<Score> {
        [
            (Score::Conforming, conforming),
            (Score::Minor, minor),
            (Score::Major, major),
            (Score::NotApplicable, not_applicable),
        ]
        .into_iter()
        .flat_map(|(score, count)| std::iter::repeat_n(score, count))
        .collect()
    }

    #[test]
    fn the_rating_changes_at_the_thresholds() {
        let cases = [
            (40, 0, 0, 0, Rating::Conforming),
            (37, 3, 0, 0, Rating::Conforming),
            (0, 3, 0, 37, Rating::Conforming),
            (36, 4, 0, 0, Rating::UnderReserve),
            (39, 0, 1, 0, Rating::UnderReserve),
            (30, 9, 1, 0, Rating::UnderReserve),
            (38, 0, 2, 0, Rating::Unfavourable),
            (0, 0, 40, 0, Rating::Unfavourable),
        ];
        for (conforming, minor, major, not_applicable, rating) in cases {
            let scores = scores(conforming, minor, major, not_applicable);
            assert_eq!(rate(&scores, Thresholds::default()), rating, "{minor} minor, {major} major");
            assert_eq!(Tally::of(&scores), Tally { conforming, minor, major, not_applicable });
        }
        assert_eq!(Rating::REFUSED, Rating::Unfavourable);
    }

    #[test]
    fn thresholds_are_settings() {
        let strict: Thresholds =
            serde_json::from_str(r#"{"minor_tolerated": 0, "major_unfavourable": 1}"#).unwrap();
        assert_eq!(rate(&scores(39, 1, 0, 0), strict), Rating::UnderReserve);
        assert_eq!(rate(&scores(39, 0, 1, 0), strict), Rating::Unfavourable);
        assert_eq!(serde_json::from_str::<Thresholds>("{}").unwrap(), Thresholds::default());
    }
}
