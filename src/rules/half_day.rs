//! What an expert's half-day is worth, from what they declared: free, taken, or nothing said.
//!
//! What decides, strongest first:
//! 1. a single date, said free or not: an exception stands above everything, even inside an absence;
//! 2. an absence;
//! 3. a public holiday of the territory, on which nobody is expected;
//! 4. a half-day of the week that comes back.
//!
//! Nothing said is not « taken »: the person may be asked. A declaration that comes later wipes the single dates it
//! covers (see `features/availability`), so that the strongest is also the latest.
use std::collections::BTreeMap;

use entity::availability_day::HalfDay;
use time::{Date, Duration, Weekday};

use super::calendar::Calendar;
use super::deadline::{add_days, add_months};
use super::period::Period;

/// Both halves of a day, in order.
pub const HALVES: [HalfDay; 2] = [HalfDay::Morning, HalfDay::Afternoon];

/// Whether a person may be asked for a half-day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Availability {
    /// They said yes.
    Available,
    /// They said no, or nobody works.
    Unavailable,
    /// They said nothing.
    Unknown,
}

/// What decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// A date said by itself.
    Single,
    /// A period of absence.
    Absence,
    /// A public holiday of the territory.
    Holiday,
    /// A half-day of the week that comes back.
    Recurring,
    /// Nothing.
    Nothing,
}

/// The state of one half-day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// Whether the person may be asked.
    pub availability: Availability,
    /// What decided.
    pub source: Source,
}

impl State {
    const fn new(availability: Availability, source: Source) -> Self {
        Self { availability, source }
    }

    /// Whether the person said yes.
    #[must_use]
    pub fn is_available(self) -> bool {
        self.availability == Availability::Available
    }
}

/// A half-day of the week that comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// Day of the week.
    pub weekday: Weekday,
    /// Half of the day.
    pub half: HalfDay,
    /// First day it may fall on; its week is the first one.
    pub from: Date,
    /// Last day it may fall on; none while it goes on.
    pub until: Option<Date>,
    /// 1 for every week, 2 for every other week.
    pub every_weeks: i64,
}

impl Recurring {
    /// Whether it falls on a half-day.
    #[must_use]
    pub fn falls_on(&self, day: Date, half: HalfDay) -> bool {
        let weeks = (monday(day) - monday(self.from)).whole_weeks();
        self.half == half
            && self.weekday == day.weekday()
            && self.from <= day
            && self.until.is_none_or(|until| day <= until)
            && weeks % self.every_weeks.max(1) == 0
    }
}

/// The Monday of the week of a day.
#[must_use]
pub fn monday(day: Date) -> Date {
    day.saturating_sub(Duration::days(day.weekday().number_days_from_monday().into()))
}

/// Everything that an expert declared, and the holidays of where they live.
#[derive(Clone, Debug)]
pub struct Declarations {
    /// Half-days of the week that come back.
    pub recurring: Vec<Recurring>,
    /// Absences.
    pub absences: Vec<Period>,
    /// Dates said by themselves.
    pub singles: BTreeMap<(Date, HalfDay), bool>,
    /// Public holidays.
    pub calendar: Calendar,
}

impl Declarations {
    /// Nothing declared.
    #[must_use]
    pub fn none(calendar: Calendar) -> Self {
        Self { recurring: Vec::new(), absences: Vec::new(), singles: BTreeMap::new(), calendar }
    }

    /// The state of a half-day.
    #[must_use]
    pub fn state(&self, day: Date, half: HalfDay) -> State {
        match self.singles.get(&(day, half)) {
            Some(true) => State::new(Availability::Available, Source::Single),
            Some(false) => State::new(Availability::Unavailable, Source::Single),
            None => self.usual(day, half),
        }
    }

    /// The same, as if no date had been said by itself.
    #[must_use]
    pub fn usual(&self, day: Date, half: HalfDay) -> State {
        if self.is_absent(day) {
            State::new(Availability::Unavailable, Source::Absence)
        } else if self.calendar.holiday(day).is_some() {
            State::new(Availability::Unavailable, Source::Holiday)
        } else if self.recurring.iter().any(|one| one.falls_on(day, half)) {
            State::new(Availability::Available, Source::Recurring)
        } else {
            State::new(Availability::Unknown, Source::Nothing)
        }
    }

    /// Whether a day is inside an absence.
    #[must_use]
    pub fn is_absent(&self, day: Date) -> bool {
        self.absences.iter().any(|period| period.contains(day))
    }

    /// What to keep as a single date for a half-day to be as wanted: nothing when the rest already says so.
    #[must_use]
    pub fn single_for(&self, day: Date, half: HalfDay, wanted: bool) -> Option<bool> {
        let usual = match self.usual(day, half).availability {
            Availability::Available => Some(true),
            Availability::Unavailable => Some(false),
            Availability::Unknown => None,
        };
        (usual != Some(wanted)).then_some(wanted)
    }

    /// « Comme le mois dernier »: what the half-days of a month become when they follow those of the month before,
    /// the second Tuesday like the second Tuesday, from a day on.
    ///
    /// An absence of last month is no habit, so it is looked through; absences and holidays of this month stay; where
    /// last month said nothing, or had no fifth such day, nothing is said.
    #[must_use]
    pub fn like_last_month(&self, first: Date, from: Date) -> Vec<(Date, HalfDay, bool)> {
        let habits = Self { absences: Vec::new(), ..self.clone() };
        let mut wanted = Vec::new();
        for day in month(first).filter(|day| *day >= from) {
            if self.is_absent(day) || self.calendar.holiday(day).is_some() {
                continue;
            }
            let Some(model) = same_rank_before(day) else { continue };
            for half in HALVES {
                match habits.state(model, half) {
                    State { source: Source::Holiday, .. } => {}
                    State { availability: Availability::Available, .. } => wanted.push((day, half, true)),
                    State { availability: Availability::Unavailable, .. } => wanted.push((day, half, false)),
                    State { availability: Availability::Unknown, .. } => {}
                }
            }
        }
        wanted
    }
}

/// The days of the month of a day.
pub fn month(day: Date) -> impl Iterator<Item = Date> {
    let first = first_of_month(day);
    let next = add_months(first, 1);
    (0..31).map(move |number| add_days(first, number)).take_while(move |day| *day < next)
}

/// The first day of the month of a day.
#[must_use]
pub fn first_of_month(day: Date) -> Date {
    day.replace_day(1).unwrap_or(day)
}

/// The second Tuesday of the month before for a second Tuesday; none when that month has no fifth one.
fn same_rank_before(day: Date) -> Option<Date> {
    let rank = i32::from((day.day() - 1) / 7);
    let before = add_months(first_of_month(day), -1);
    let shift = (7 + i32::from(day.weekday().number_days_from_monday())
        - i32::from(before.weekday().number_days_from_monday()))
        % 7;
    let found = add_days(before, shift + 7 * rank);
    (found.month() == before.month()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    fn weekly(weekday: Weekday, half: HalfDay, from: Date, every_weeks: i64) -> Recurring {
        Recurring { weekday, half, from, until: None, every_weeks }
    }

    fn declared() -> Declarations {
        use HalfDay::{Afternoon, Morning};
        Declarations {
            recurring: vec![
                weekly(Weekday::Tuesday, Morning, date!(2025 - 10 - 01), 1),
                // Thursday 2 October begins the series: 16 and 30 October follow
                weekly(Weekday::Thursday, Afternoon, date!(2025 - 10 - 01), 2),
            ],
            absences: vec![Period::new(date!(2025 - 10 - 20), date!(2025 - 10 - 26)).unwrap()],
            singles: [
                ((date!(2025 - 10 - 21), Morning), true),
                ((date!(2025 - 10 - 28), Morning), false),
                ((date!(2025 - 11 - 11), Afternoon), true),
            ]
            .into(),
            calendar: Calendar::Metropolitan,
        }
    }

    #[test]
    fn a_single_date_beats_an_absence_which_beats_a_holiday_which_beats_the_week() {
        use Availability::{Available, Unavailable, Unknown};
        use HalfDay::{Afternoon, Morning};
        let cases = [
            (date!(2025 - 09 - 30), Morning, Unknown, Source::Nothing),
            (date!(2025 - 10 - 07), Morning, Available, Source::Recurring),
            (date!(2025 - 10 - 07), Afternoon, Unknown, Source::Nothing),
            (date!(2025 - 10 - 02), Afternoon, Available, Source::Recurring),
            (date!(2025 - 10 - 09), Afternoon, Unknown, Source::Nothing),
            (date!(2025 - 10 - 16), Afternoon, Available, Source::Recurring),
            (date!(2025 - 10 - 21), Morning, Available, Source::Single),
            (date!(2025 - 10 - 21), Afternoon, Unavailable, Source::Absence),
            (date!(2025 - 10 - 26), Morning, Unavailable, Source::Absence),
            (date!(2025 - 10 - 28), Morning, Unavailable, Source::Single),
            // Tuesday 11 November is a holiday
            (date!(2025 - 11 - 11), Morning, Unavailable, Source::Holiday),
            (date!(2025 - 11 - 11), Afternoon, Available, Source::Single),
        ];
        for (day, half, availability, source) in cases {
            assert_eq!(declared().state(day, half), State { availability, source }, "{day} {half}");
        }
    }

    #[test]
    fn a_series_stops_on_its_last_day() {
        let until = Some(date!(2025 - 10 - 14));
        let series =
            Recurring { until, ..weekly(Weekday::Tuesday, HalfDay::Morning, date!(2025 - 10 - 01), 1) };
        assert!(series.falls_on(date!(2025 - 10 - 14), HalfDay::Morning));
        assert!(!series.falls_on(date!(2025 - 10 - 21), HalfDay::Morning));
        assert!(!series.falls_on(date!(2025 - 10 - 15), HalfDay::Morning));
    }

    #[test]
    fn only_what_differs_from_the_rest_is_kept() {
        let declared = declared();
        let cases = [
            (date!(2025 - 10 - 07), true, None),
            (date!(2025 - 10 - 07), false, Some(false)),
            (date!(2025 - 10 - 22), false, None),
            (date!(2025 - 10 - 22), true, Some(true)),
            (date!(2025 - 10 - 08), false, Some(false)),
        ];
        for (day, wanted, kept) in cases {
            assert_eq!(declared.single_for(day, HalfDay::Morning, wanted), kept, "{day} {wanted}");
        }
    }

    #[test]
    fn a_month_follows_the_one_before_by_rank_of_the_day_of_the_week() {
        use HalfDay::{Afternoon, Morning};
        let wanted = declared().like_last_month(date!(2025 - 11 - 01), date!(2025 - 11 - 05));
        // Tuesdays of October: 7, 14, 21 (absent, looked through; ticked), 28 (not); November: 4 is past, 11 a holiday.
        // Thursdays: 2, 16, 30 October have the ranks of 6 and 20 November; there is no fifth one.
        let expected = [
            (date!(2025 - 11 - 06), Afternoon, true),
            (date!(2025 - 11 - 18), Morning, true),
            (date!(2025 - 11 - 20), Afternoon, true),
            (date!(2025 - 11 - 25), Morning, false),
        ];
        assert_eq!(wanted, expected);
    }

    #[test]
    fn the_rank_of_a_day_is_found_in_the_month_before() {
        let cases = [
            (date!(2025 - 11 - 04), Some(date!(2025 - 10 - 07))),
            (date!(2025 - 11 - 25), Some(date!(2025 - 10 - 28))),
            (date!(2025 - 03 - 31), None),
            (date!(2025 - 03 - 01), Some(date!(2025 - 02 - 01))),
            (date!(2025 - 01 - 29), None),
            (date!(2025 - 01 - 31), None),
        ];
        for (day, expected) in cases {
            assert_eq!(same_rank_before(day), expected, "{day}");
        }
        assert_eq!(month(date!(2024 - 02 - 10)).count(), 29);
    }

    proptest! {
        #[test]
        fn keeping_what_is_wanted_gives_what_is_wanted(day in 0i32..400, morning in any::<bool>(), wanted in any::<bool>()) {
            let mut declared = declared();
            let day = add_days(date!(2025 - 08 - 01), day);
            let half = if morning { HalfDay::Morning } else { HalfDay::Afternoon };
            if let Some(kept) = declared.single_for(day, half, wanted) {
                declared.singles.insert((day, half), kept);
            } else {
                declared.singles.remove(&(day, half));
            }
            prop_assert_eq!(declared.state(day, half).is_available(), wanted);
            prop_assert!(declared.state(day, half).availability != Availability::Unknown);
        }

        #[test]
        fn an_absence_never_makes_anyone_free(start in 0i32..300, length in 0i32..60, day in 0i32..400) {
            let before = declared();
            let from = add_days(date!(2025 - 08 - 01), start);
            let mut after = before.clone();
            after.absences.push(Period::new(from, add_days(from, length)).unwrap());
            let day = add_days(date!(2025 - 08 - 01), day);
            for half in HALVES {
                prop_assert!(!after.state(day, half).is_available() || before.state(day, half).is_available());
            }
        }

        #[test]
        fn the_day_of_the_month_before_has_the_same_weekday_and_rank(day in 0i32..4000) {
            let day = add_days(date!(2020 - 01 - 01), day);
            if let Some(found) = same_rank_before(day) {
                prop_assert_eq!(found.weekday(), day.weekday());
                prop_assert_eq!((found.day() - 1) / 7, (day.day() - 1) / 7);
                prop_assert_eq!(first_of_month(found), add_months(first_of_month(day), -1));
            } else {
                prop_assert!(day.day() > 28);
            }
        }
    }
}
