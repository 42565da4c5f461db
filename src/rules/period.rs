//! A period of days, both ends included: the life of a right, a mandate, a certificate.
use super::calendar::written;
use super::deadline::{add_days, add_months};
use serde::{Deserialize, Serialize};
use time::Date;

/// Days from `from` to `until`, both included; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Period {
    from: Date,
    until: Date,
}

time::serde::format_description!(civil_date, Date, "[year]-[month]-[day]");

/// The stored shape of a period: `{"from": "2024-01-01", "until": "2026-12-31"}`.
#[derive(Serialize, Deserialize)]
struct Ends {
    #[serde(with = "civil_date")]
    from: Date,
    #[serde(with = "civil_date")]
    until: Date,
}

/// A period that would end before it begins; `Display` is the French message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("La période finit le {}, avant de commencer le {}", written(*.until), written(*.from))]
pub struct PeriodError {
    /// The first day asked.
    pub from: Date,
    /// The last day asked.
    pub until: Date,
}

impl Period {
    /// A period from its two ends.
    ///
    /// # Errors
    /// When the last day comes before the first.
    pub fn new(from: Date, until: Date) -> Result<Self, PeriodError> {
        if until < from { Err(PeriodError { from, until }) } else { Ok(Self { from, until }) }
    }

    /// A period of whole months: 36 months from 1 January 2024 end on 31 December 2026. Where the month of the
    /// end is too short to hold the first day's number, the period ends with that month. No month gives one day.
    #[must_use]
    pub fn months(from: Date, months: u16) -> Self {
        let anniversary = add_months(from, months.into());
        let until = if anniversary.day() == from.day() { add_days(anniversary, -1) } else { anniversary };
        Self { from, until: until.max(from) }
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day, still inside.
    #[must_use]
    pub fn until(self) -> Date {
        self.until
    }

    /// Number of days.
    #[must_use]
    pub fn days(self) -> i64 {
        (self.until - self.from).whole_days() + 1
    }

    /// Whether a day is inside.
    #[must_use]
    pub fn contains(self, date: Date) -> bool {
        self.from <= date && date <= self.until
    }

    /// Whether two periods share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// The period ended at `latest` at the latest: a right never outlives what it rests on. `None` when nothing
    /// is left of it.
    #[must_use]
    pub fn clamp_until(self, latest: Date) -> Option<Self> {
        Self::new(self.from, self.until.min(latest)).ok()
    }
}

impl TryFrom<Ends> for Period {
    type Error = PeriodError;
    fn try_from(ends: Ends) -> Result<Self, Self::Error> {
        Self::new(ends.from, ends.until)
    }
}

impl From<Period> for Ends {
    fn from(period: Period) -> Self {
        Self { from: period.from, until: period.until }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    #[test]
    fn whole_months_end_the_day_before_the_anniversary() {
        let cases = [
            (date!(2024 - 01 - 01), 36, date!(2026 - 12 - 31)),
            (date!(2024 - 03 - 15), 36, date!(2027 - 03 - 14)),
            (date!(2024 - 02 - 29), 36, date!(2027 - 02 - 28)),
            (date!(2024 - 01 - 31), 1, date!(2024 - 02 - 29)),
            (date!(2024 - 01 - 15), 0, date!(2024 - 01 - 15)),
        ];
        for (from, months, until) in cases {
            assert_eq!(Period::months(from, months), Period { from, until }, "{months} months from {from}");
        }
    }

    #[test]
    fn both_ends_are_inside() {
        let period = Period::new(date!(2024 - 01 - 10), date!(2024 - 01 - 20)).unwrap();
        for (day, inside) in [
            (date!(2024 - 01 - 09), false),
            (date!(2024 - 01 - 10), true),
            (date!(2024 - 01 - 20), true),
            (date!(2024 - 01 - 21), false),
        ] {
            assert_eq!(period.contains(day), inside, "{day}");
        }
        assert_eq!(period.days(), 11);
        let next = Period::new(date!(2024 - 01 - 20), date!(2024 - 02 - 20)).unwrap();
        let after = Period::new(date!(2024 - 01 - 21), date!(2024 - 02 - 20)).unwrap();
        assert!(period.overlaps(next) && next.overlaps(period));
        assert!(!period.overlaps(after) && !after.overlaps(period));
    }

    #[test]
    fn a_right_never_outlives_what_it_rests_on() {
        let period = Period::months(date!(2024 - 01 - 01), 36);
        assert_eq!(period.clamp_until(date!(2025 - 06 - 30)).unwrap().until(), date!(2025 - 06 - 30));
        assert_eq!(period.clamp_until(date!(2030 - 01 - 01)), Some(period));
        assert_eq!(period.clamp_until(date!(2024 - 01 - 01)).unwrap().days(), 1);
        assert_eq!(period.clamp_until(date!(2023 - 12 - 31)), None);
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused_everywhere() {
        let error = Period::new(date!(2024 - 02 - 01), date!(2024 - 01 - 31)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "La période finit le 31 janvier 2024, avant de commencer le 1er février 2024"
        );
        let period = Period::months(date!(2024 - 01 - 01), 12);
        let stored = serde_json::to_string(&period).unwrap();
        assert_eq!(stored, r#"{"from":"2024-01-01","until":"2024-12-31"}"#);
        assert_eq!(serde_json::from_str::<Period>(&stored).unwrap(), period);
        let swapped = serde_json::to_string(&Ends { from: period.until, until: period.from }).unwrap();
        assert!(serde_json::from_str::<Period>(&swapped).is_err());
    }

    proptest! {
        #[test]
        fn periods_overlap_when_they_share_a_day(a in 0i32..40, long in 0i32..20, b in 0i32..40, other in 0i32..20) {
            let day = |number| add_days(date!(2024 - 02 - 10), number);
            let one = Period::new(day(a), day(a + long)).unwrap();
            let two = Period::new(day(b), day(b + other)).unwrap();
            let shared = (0..80).any(|number| one.contains(day(number)) && two.contains(day(number)));
            prop_assert_eq!(one.overlaps(two), shared);
        }

        #[test]
        fn periods_of_months_follow_each_other_without_gap(start in 0i32..2000, months in 1u16..60) {
            let from = add_days(date!(2020 - 01 - 01), start);
            let first = Period::months(from, months);
            prop_assert!(first.until() >= from);
            prop_assert!(add_days(first.until(), 1) <= add_days(add_months(from, months.into()), 1));
        }
    }
}
