//! The control grid, as versioned data: domains, criteria, and what a set of scores is worth.
//!
//! A visit keeps the version of its first score: a new version changes nothing of the visits made with another.

use std::sync::LazyLock;

use entity::grid_score;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use time::{Date, Month};
use toml::value::Datetime;

use crate::rules::grid::Thresholds;

use super::wording;

/// One criterion.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Criterion {
    /// A1, B2…
    pub code: String,
    /// French sentence to assess; [`Criterion::said_of`] gives it as people read it.
    wording: String,
    /// A gap here is at most minor.
    pub minor: bool,
}

impl Criterion {
    /// The sentence to assess, for a certification; for any of them when the title is empty.
    #[must_use]
    pub fn said_of(&self, title: &str) -> String {
        wording::said_of(&self.wording, title)
    }
}

/// One domain.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Domain {
    /// A to H.
    pub code: String,
    /// French title.
    pub title: String,
    /// Its criteria.
    pub criterion: Vec<Criterion>,
}

/// Where the rating of a visit changes, unless a setting says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct RatingRule {
    /// Minor gaps that a conforming control may have.
    pub max_minor_when_conforming: usize,
    /// Major gaps beyond which the control is unfavourable.
    pub max_major_under_reserve: usize,
}

/// One version of the grid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Grid {
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: String,
    /// First day on which a visit may begin with it.
    #[serde(deserialize_with = "day")]
    pub valid_from: Date,
    /// How its scores are rated.
    pub rating: RatingRule,
    /// Its domains.
    pub domain: Vec<Domain>,
}

/// Every version, one file each: a version in use never changes, another file is added.
const FILES: [&str; 1] = [include_str!("data/grid.toml")];

/// The versions, oldest first.
static GRIDS: LazyLock<Vec<Grid>> = LazyLock::new(|| {
    let mut grids: Vec<Grid> = FILES.iter().filter_map(|file| toml::from_str(file).ok()).collect();
    grids.sort_by_key(|grid| grid.valid_from);
    grids
});

/// In the place of a grid when no file can be read, which the tests forbid.
static NONE: Grid = Grid {
    version: String::new(),
    title: String::new(),
    valid_from: Date::MIN,
    rating: RatingRule { max_minor_when_conforming: 0, max_major_under_reserve: 0 },
    domain: Vec::new(),
};

/// The grid that a visit begins with on a day.
#[must_use]
pub fn on(day: Date) -> &'static Grid {
    in_force(&GRIDS, day).unwrap_or(&NONE)
}

/// The newest grid.
#[must_use]
pub fn latest() -> &'static Grid {
    on(Date::MAX)
}

/// The grid of an inspection: the version that it began with, or the one in force on its day.
#[must_use]
pub fn named(version: Option<&str>, day: Date) -> &'static Grid {
    let begun = version.and_then(|version| GRIDS.iter().find(|grid| grid.version == version));
    begun.unwrap_or_else(|| on(day))
}

/// The grid of a visit: the one of its first score, or the one in force on its day as long as nothing is scored.
#[must_use]
pub fn of(scores: &[grid_score::Model], day: Date) -> &'static Grid {
    chosen(&GRIDS, scores, day).unwrap_or(&NONE)
}

fn chosen<'a>(grids: &'a [Grid], scores: &[grid_score::Model], day: Date) -> Option<&'a Grid> {
    let first = scores.iter().min_by_key(|score| *score.scored_at);
    let used = first.and_then(|score| grids.iter().find(|grid| grid.version == score.grid));
    used.or_else(|| in_force(grids, day))
}

/// The last version valid on a day; the first one before them all.
fn in_force(grids: &[Grid], day: Date) -> Option<&Grid> {
    grids.iter().rev().find(|grid| grid.valid_from <= day).or_else(|| grids.first())
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let read = Datetime::deserialize(deserializer)?;
    let date = read.date.ok_or_else(|| D::Error::custom("no day"))?;
    let month = Month::try_from(date.month).map_err(D::Error::custom)?;
    Date::from_calendar_date(date.year.into(), month, date.day).map_err(D::Error::custom)
}

impl Grid {
    /// Where the rating changes, unless a setting says otherwise.
    #[must_use]
    pub fn thresholds(&self) -> Thresholds {
        Thresholds {
            minor_tolerated: self.rating.max_minor_when_conforming,
            major_unfavourable: self.rating.max_major_under_reserve + 1,
            ..Thresholds::default()
        }
    }

    /// Every criterion, in order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.domain.iter().flat_map(|domain| &domain.criterion)
    }

    /// The criterion of a code.
    #[must_use]
    pub fn find(&self, code: &str) -> Option<&Criterion> {
        self.criteria().find(|criterion| criterion.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use time::OffsetDateTime;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    #[test]
    fn the_grid_has_eight_domains_and_distinct_criteria() {
        for grid in GRIDS.iter() {
            assert_eq!(grid.domain.len(), 8, "{}", grid.version);
            let mut seen = HashSet::new();
            assert!(grid.criteria().all(|criterion| seen.insert(criterion.code.clone())));
        }
        assert!(latest().find("B5").is_some_and(|criterion| criterion.minor));
    }

    #[test]
    fn every_file_is_a_grid_and_the_newest_is_rated_as_the_settings_propose() {
        assert_eq!(GRIDS.len(), FILES.len());
        assert_eq!((latest().version.as_str(), latest().valid_from), ("2025-1", date!(2025 - 01 - 01)));
        assert_eq!(latest().thresholds(), Thresholds::default());
    }

    fn score(grid: &str, scored_at: OffsetDateTime) -> grid_score::Model {
        grid_score::Model {
            id: Uuid::nil().into(),
            request_id: Uuid::nil().into(),
            visit: 1,
            grid: grid.to_owned(),
            criterion: "A1".to_owned(),
            score: grid_score::Score::Conforming,
            evidence: String::new(),
            comment: String::new(),
            scored_at: scored_at.into(),
        }
    }

    #[test]
    fn a_visit_keeps_the_grid_of_its_first_score() {
        let old = latest().clone();
        let new = Grid { version: "2026-1".to_owned(), valid_from: date!(2026 - 01 - 01), ..old.clone() };
        let grids = [old, new];
        let (eve, day) = (datetime!(2025-12-31 10:00 UTC), datetime!(2026-01-02 10:00 UTC));
        for (scores, on, expected) in [
            (vec![], date!(2024 - 06 - 01), "2025-1"),
            (vec![], date!(2025 - 12 - 31), "2025-1"),
            (vec![], date!(2026 - 01 - 01), "2026-1"),
            (vec![score("2025-1", eve)], date!(2026 - 03 - 01), "2025-1"),
            (vec![score("2026-1", day), score("2025-1", eve)], date!(2026 - 03 - 01), "2025-1"),
            (vec![score("2026-1", day)], date!(2026 - 03 - 01), "2026-1"),
            (vec![score("1999-1", day)], date!(2026 - 03 - 01), "2026-1"),
        ] {
            let found = chosen(&grids, &scores, on).map(|grid| grid.version.as_str());
            assert_eq!(found, Some(expected), "{on} {scores:?}");
        }
    }

    #[test]
    fn no_criterion_says_cqp_of_another_certification() {
        for criterion in latest().criteria() {
            let said = criterion.said_of("Socle de compétences transversales pour l’employabilité");
            assert!(!said.contains("CQP") && !said.contains(['{', '}']), "{said}");
        }
        let said = latest().find("A1").map(|criterion| criterion.said_of("CQP Salarié polyvalent"));
        assert!(said.is_some_and(|said| said.starts_with("Une personne référente du CQP est nommée")));
    }
}
