//! The yearly declaration of interests: when it is up to date, when it is asked for, for which duties it is needed.
//!
//! A declaration is made for a civil year. Until the day of the year by which it is due, that of the year before
//! still counts, so that the first weeks of January stop nobody.

use super::deadline::add_days;
use super::ties::Duty;
use serde::{Deserialize, Serialize};
use time::{Date, Month};

/// What the certifier decides about declarations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeclarationRules {
    /// Month by the end of whose [`DeclarationRules::due_day`] the declaration of the year is due.
    pub due_month: u8,
    /// Day of that month.
    pub due_day: u8,
    /// Days before that date at which who has not declared is reminded, in falling order; negative after it.
    pub reminder_days: Vec<i16>,
    /// Duties that nobody is given without a declaration up to date.
    pub needed_for: Vec<Duty>,
}

impl Default for DeclarationRules {
    fn default() -> Self {
        Self {
            due_month: 3,
            due_day: 31,
            reminder_days: vec![45, 15, -7],
            needed_for: vec![Duty::JuryPresident],
        }
    }
}

/// Where a person stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Declared for the year.
    Declared,
    /// Not yet, and the declaration of last year still counts.
    Due,
    /// Not up to date.
    Missing,
}

impl DeclarationRules {
    /// The last day to declare for a year; the last day of the month when the month has no such day.
    #[must_use]
    pub fn due_on(&self, year: i32) -> Date {
        let month = Month::try_from(self.due_month.clamp(1, 12)).unwrap_or(Month::March);
        let day = self.due_day.clamp(1, month.length(year));
        Date::from_calendar_date(year, month, day).unwrap_or(Date::MAX)
    }

    /// Where someone who declared for these years stands on a day.
    #[must_use]
    pub fn standing(&self, declared: &[i32], on: Date) -> Standing {
        let year = on.year();
        if declared.contains(&year) {
            return Standing::Declared;
        }
        let last_year_counts = declared.contains(&(year - 1)) && on <= self.due_on(year);
        if last_year_counts { Standing::Due } else { Standing::Missing }
    }

    /// The last day on which the declarations of these years still count, if they do on that day.
    #[must_use]
    pub fn good_until(&self, declared: &[i32], on: Date) -> Option<Date> {
        match self.standing(declared, on) {
            Standing::Declared => Some(self.due_on(on.year() + 1)),
            Standing::Due => Some(self.due_on(on.year())),
            Standing::Missing => None,
        }
    }

    /// The last day on which the latest of these declarations counts, or counted; none when none was made by that day.
    #[must_use]
    pub fn counts_until(&self, declared: &[i32], on: Date) -> Option<Date> {
        let latest = declared.iter().copied().filter(|year| *year <= on.year()).max()?;
        Some(self.due_on(latest + 1))
    }

    /// Whether a duty waits for a declaration that is up to date.
    #[must_use]
    pub fn needed(&self, duty: Duty) -> bool {
        self.needed_for.contains(&duty)
    }

    /// The reminder due on a day: the latest one whose date has come, named by its rank. None before the first.
    #[must_use]
    pub fn reminder(&self, on: Date) -> Option<usize> {
        let due = self.due_on(on.year());
        let come = |days: &i16| add_days(due, -i32::from(*days)) <= on;
        self.reminder_days.iter().rposition(come)
    }

    /// What cannot be: the field and the sentence for the person who typed it.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let month = Month::try_from(self.due_month);
        let longest = month.as_ref().map_or(31, |month| month.length(2024));
        let falling = self.reminder_days.windows(2).all(|pair| pair[0] > pair[1]);
        [
            (month.is_err(), "due_month", "Indiquez un mois, de 1 à 12"),
            (!(1..=longest).contains(&self.due_day), "due_day", "Ce jour n’existe pas dans ce mois"),
            (
                !falling || self.reminder_days.len() > 6,
                "reminder_days",
                "Indiquez six rappels au plus, du plus lointain au plus proche",
            ),
        ]
        .into_iter()
        .filter(|(wrong, _, _)| *wrong)
        .map(|(_, field, message)| (field, message))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn last_year_counts_until_the_day_it_is_due() {
        let rules = DeclarationRules::default();
        for (declared, on, expected) in [
            (vec![], date!(2026 - 01 - 01), Standing::Missing),
            (vec![2024], date!(2026 - 01 - 01), Standing::Missing),
            (vec![2025], date!(2025 - 12 - 31), Standing::Declared),
            (vec![2025], date!(2026 - 01 - 01), Standing::Due),
            (vec![2025], date!(2026 - 03 - 31), Standing::Due),
            (vec![2025], date!(2026 - 04 - 01), Standing::Missing),
            (vec![2025, 2026], date!(2026 - 04 - 01), Standing::Declared),
            (vec![2026], date!(2025 - 12 - 31), Standing::Missing),
        ] {
            assert_eq!(rules.standing(&declared, on), expected, "{declared:?} on {on}");
        }
    }

    #[test]
    fn a_declaration_counts_until_the_day_the_next_one_is_due() {
        let rules = DeclarationRules::default();
        for (declared, on, expected) in [
            (vec![2025], date!(2025 - 10 - 06), Some(date!(2026 - 03 - 31))),
            (vec![2025], date!(2026 - 03 - 31), Some(date!(2026 - 03 - 31))),
            (vec![2025], date!(2026 - 04 - 01), None),
            (vec![2025, 2026], date!(2026 - 01 - 01), Some(date!(2027 - 03 - 31))),
            (vec![], date!(2026 - 01 - 01), None),
        ] {
            assert_eq!(rules.good_until(&declared, on), expected, "{declared:?} on {on}");
        }
    }

    #[test]
    fn the_end_of_a_declaration_is_known_once_it_is_past_too() {
        let rules = DeclarationRules::default();
        for (declared, on, expected) in [
            (vec![2025], date!(2025 - 11 - 29), Some(date!(2026 - 03 - 31))),
            (vec![2025], date!(2026 - 11 - 29), Some(date!(2026 - 03 - 31))),
            (vec![2026, 2025], date!(2026 - 11 - 29), Some(date!(2027 - 03 - 31))),
            (vec![2026], date!(2025 - 12 - 31), None),
            (vec![], date!(2026 - 11 - 29), None),
        ] {
            assert_eq!(rules.counts_until(&declared, on), expected, "{declared:?} on {on}");
        }
    }

    #[test]
    fn one_reminder_stands_on_each_day() {
        let rules = DeclarationRules::default();
        for (on, expected) in [
            (date!(2026 - 02 - 13), None),
            (date!(2026 - 02 - 14), Some(0)),
            (date!(2026 - 03 - 15), Some(0)),
            (date!(2026 - 03 - 16), Some(1)),
            (date!(2026 - 04 - 06), Some(1)),
            (date!(2026 - 04 - 07), Some(2)),
            (date!(2026 - 12 - 31), Some(2)),
        ] {
            assert_eq!(rules.reminder(on), expected, "on {on}");
        }
    }

    #[test]
    fn the_date_exists_every_year() {
        let leap = DeclarationRules { due_month: 2, due_day: 29, ..DeclarationRules::default() };
        assert!(leap.faults().is_empty());
        assert_eq!((leap.due_on(2024), leap.due_on(2025)), (date!(2024 - 02 - 29), date!(2025 - 02 - 28)));
    }

    #[test]
    fn what_cannot_be_is_told() {
        let fields =
            |rules: DeclarationRules| rules.faults().into_iter().map(|(field, _)| field).collect::<Vec<_>>();
        let rules = DeclarationRules::default;
        assert_eq!(fields(rules()), [] as [&str; 0]);
        assert_eq!(fields(DeclarationRules { due_month: 13, ..rules() }), ["due_month"]);
        assert_eq!(fields(DeclarationRules { due_month: 4, due_day: 31, ..rules() }), ["due_day"]);
        assert_eq!(fields(DeclarationRules { reminder_days: vec![7, 15], ..rules() }), ["reminder_days"]);
    }
}
