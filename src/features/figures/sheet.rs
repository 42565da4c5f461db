//! The lines of the figures, from what was read of each session. Pure.

use std::collections::BTreeMap;

use entity::ids::{CertificationVersionId, StructureId};
use time::{Date, OffsetDateTime};

use crate::rules::deadline::day_in_zone;
use crate::rules::jury_figures::{Shown, Tally, median, shown};
use crate::rules::territory::PARIS;

/// What a line gathers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// A year, or a quarter of the year that is looked at.
    #[default]
    Period,
    /// A version of a certification.
    Version,
    /// A structure.
    Structure,
    /// A region.
    Region,
}

impl By {
    /// Every grouping, in the order proposed.
    pub const ALL: [Self; 4] = [Self::Period, Self::Version, Self::Structure, Self::Region];
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What a line gathers.
    pub by: By,
    /// Only the juries of this civil year of Paris.
    pub year: Option<i32>,
    /// Only those of the certification of this code.
    pub certification: Option<String>,
    /// Only those of this region.
    pub region: Option<String>,
}

/// What a line is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A civil year of Paris.
    Year(i32),
    /// A quarter of one, from 1.
    Quarter(i32, u8),
    /// A version of a certification.
    Version(CertificationVersionId),
    /// A structure.
    Structure(StructureId),
    /// A region, by its INSEE code.
    Region(String),
}

/// A session that was held, and what became of its candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Of which structure.
    pub structure: StructureId,
    /// For which version of a certification.
    pub version: CertificationVersionId,
    /// In which region.
    pub region: String,
    /// When it was asked for.
    pub asked_at: OffsetDateTime,
    /// When it began.
    pub held_at: OffsetDateTime,
    /// When its candidates were told.
    pub told_at: Option<OffsetDateTime>,
    /// When its first certificate was made.
    pub certified_at: Option<OffsetDateTime>,
    /// Its candidates.
    pub people: Tally,
}

/// A line, or the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is about; none for the whole.
    pub key: Option<Key>,
    /// How many juries.
    pub juries: usize,
    /// What may be shown of their candidates.
    pub people: Shown,
    /// Median of the days from the request to the jury.
    pub asked_to_held: Option<i64>,
    /// Median of the days from the jury to the notification.
    pub held_to_told: Option<i64>,
    /// Median of the days from the jury to its first certificate.
    pub held_to_certified: Option<i64>,
}

/// The lines and their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The lines, in the order of their keys.
    pub lines: Vec<Line>,
    /// All of them.
    pub whole: Line,
}

/// The key of a session.
#[must_use]
pub fn key(held: &Held, by: By, year: Option<i32>) -> Key {
    let day = day_in_zone(held.held_at, PARIS);
    match by {
        By::Period if year.is_some() => Key::Quarter(day.year(), (u8::from(day.month()) - 1) / 3 + 1),
        By::Period => Key::Year(day.year()),
        By::Version => Key::Version(held.version),
        By::Structure => Key::Structure(held.structure),
        By::Region => Key::Region(held.region.clone()),
    }
}

/// Gathers sessions in lines, and hides what is too small.
#[must_use]
pub fn gather(sessions: &[Held], by: By, year: Option<i32>, smallest: u16) -> Sheet {
    let mut groups: BTreeMap<Key, Vec<&Held>> = BTreeMap::new();
    for held in sessions {
        groups.entry(key(held, by, year)).or_default().push(held);
    }
    let sum = |own: &[&Held]| own.iter().fold(Tally::default(), |sum, held| sum.with(&held.people));
    let tallies: Vec<Tally> = groups.values().map(|own| sum(own)).collect();
    let (each, whole) = shown(&tallies, smallest);
    let all: Vec<&Held> = sessions.iter().collect();
    let lines = groups.into_iter().zip(each);
    Sheet {
        lines: lines.map(|((key, own), people)| line(Some(key), &own, people)).collect(),
        whole: line(None, &all, whole),
    }
}

fn line(key: Option<Key>, own: &[&Held], people: Shown) -> Line {
    let delay = |until: fn(&Held) -> Option<OffsetDateTime>, from: fn(&Held) -> OffsetDateTime| {
        let days = own.iter().filter_map(|held| Some((until(held)? - from(held)).whole_days()));
        median(days.filter(|days| *days >= 0).collect())
    };
    Line {
        key,
        juries: own.len(),
        people,
        asked_to_held: delay(|held| Some(held.held_at), |held| held.asked_at),
        held_to_told: delay(|held| held.told_at, |held| held.held_at),
        held_to_certified: delay(|held| held.certified_at, |held| held.held_at),
    }
}

/// First and last day of a quarter.
#[must_use]
pub fn quarter(year: i32, rank: u8) -> Option<(Date, Date)> {
    let first_month = rank.checked_sub(1)?.checked_mul(3)?.checked_add(1)?;
    let first = Date::from_calendar_date(year, first_month.try_into().ok()?, 1).ok()?;
    let last_month = time::Month::try_from(first_month + 2).ok()?;
    let last = Date::from_calendar_date(year, last_month, last_month.length(year)).ok()?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use time::macros::{date, datetime};
    use uuid::Uuid;

    use super::*;

    fn held(at: OffsetDateTime, region: &str, total: u32) -> Held {
        Held {
            structure: StructureId(Uuid::nil()),
            version: CertificationVersionId(Uuid::nil()),
            region: region.to_owned(),
            asked_at: at - time::Duration::days(60),
            held_at: at,
            told_at: Some(at + time::Duration::days(20)),
            certified_at: None,
            people: Tally { total, absent: 5, ..Tally::default() },
        }
    }

    #[test]
    fn a_jury_counts_in_its_year_of_paris_and_in_its_quarter() {
        let night = datetime!(2023-12-31 23:30 UTC);
        for (at, year, expected) in [
            (night, None, Key::Year(2024)),
            (night, Some(2024), Key::Quarter(2024, 1)),
            (datetime!(2023-06-30 09:00 UTC), Some(2023), Key::Quarter(2023, 2)),
            (datetime!(2023-12-31 09:00 UTC), Some(2023), Key::Quarter(2023, 4)),
        ] {
            assert_eq!(key(&held(at, "27", 9), By::Period, year), expected, "{at}");
        }
    }

    #[test]
    fn lines_add_up_and_tell_the_middle_of_their_delays() {
        let at = datetime!(2023-06-30 09:00 UTC);
        let sessions = [held(at, "27", 9), held(at, "27", 6), held(at, "01", 8)];
        let sheet = gather(&sessions, By::Region, None, 5);
        let found: Vec<_> = sheet.lines.iter().map(|line| (line.juries, line.people.total)).collect();
        assert_eq!(found, [(1, Some(8)), (2, Some(15))]);
        assert_eq!((sheet.whole.juries, sheet.whole.people.expected), (3, Some(38)));
        assert_eq!((sheet.whole.asked_to_held, sheet.whole.held_to_told), (Some(60), Some(20)));
        assert_eq!(sheet.whole.held_to_certified, None);
    }

    #[test]
    fn a_quarter_has_its_days() {
        for (rank, expected) in [
            (0, None),
            (1, Some((date!(2024 - 01 - 01), date!(2024 - 03 - 31)))),
            (4, Some((date!(2024 - 10 - 01), date!(2024 - 12 - 31)))),
            (5, None),
        ] {
            assert_eq!(quarter(2024, rank), expected, "{rank}");
        }
    }
}
