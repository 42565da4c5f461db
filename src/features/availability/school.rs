//! School holidays: those that the program knows, replaced by what staff imported for a zone and a school year.

use std::sync::LazyLock;

use entity::school_holiday;
use serde::Deserialize;
use time::{Date, Month};
use toml::value::Datetime;

use crate::rules::period::Period;
use crate::rules::school_zone::{SchoolZone, school_year};

/// Holidays of schools in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolHoliday {
    /// Whose.
    pub zone: SchoolZone,
    /// French name.
    pub name: String,
    /// Days without school.
    pub period: Period,
    /// Where the dates come from.
    pub source: String,
}

#[derive(Deserialize)]
struct File {
    calendar: Vec<Calendar>,
}

#[derive(Deserialize)]
struct Calendar {
    source: String,
    holiday: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    zones: Vec<String>,
    name: String,
    from: Datetime,
    until: Datetime,
}

static SHIPPED: LazyLock<Vec<SchoolHoliday>> = LazyLock::new(|| {
    let file: Option<File> = toml::from_str(include_str!("data/school_holidays.toml")).ok();
    file.map(|file| file.calendar.into_iter().flat_map(read).collect()).unwrap_or_default()
});

fn read(calendar: Calendar) -> Vec<SchoolHoliday> {
    let mut holidays = Vec::new();
    for line in calendar.holiday {
        let period =
            day(&line.from).zip(day(&line.until)).and_then(|(from, until)| Period::new(from, until).ok());
        let Some(period) = period else { continue };
        for zone in line.zones.iter().filter_map(|word| SchoolZone::of(word)) {
            let (name, source) = (line.name.clone(), calendar.source.clone());
            holidays.push(SchoolHoliday { zone, name, period, source });
        }
    }
    holidays
}

fn day(value: &Datetime) -> Option<Date> {
    let date = value.date?;
    Date::from_calendar_date(date.year.into(), Month::try_from(date.month).ok()?, date.day).ok()
}

/// The holidays that the program knows by itself.
#[must_use]
pub fn shipped() -> &'static [SchoolHoliday] {
    &SHIPPED
}

/// What applies: the rows that staff imported, and the holidays of the program where no row replaces them.
#[must_use]
pub fn merged(imported: &[school_holiday::Model]) -> Vec<SchoolHoliday> {
    let imported: Vec<SchoolHoliday> = imported.iter().filter_map(of_row).collect();
    let replaced = |one: &SchoolHoliday| {
        let year = school_year(one.period.from());
        imported.iter().any(|other| other.zone == one.zone && school_year(other.period.from()) == year)
    };
    let mut all: Vec<_> = shipped().iter().filter(|one| !replaced(one)).cloned().collect();
    all.extend(imported.iter().cloned());
    all.sort_by(|one, other| {
        let key = |it: &SchoolHoliday| (it.zone, it.period.from());
        key(one).cmp(&key(other)).then_with(|| one.name.cmp(&other.name))
    });
    all
}

/// Whether the calendar of a zone tells what a day is. A school year of the mainland without its summer tells nothing of
/// July and of August.
#[must_use]
pub fn tells(calendar: &[SchoolHoliday], day: Date) -> bool {
    let of_year = || calendar.iter().filter(|one| school_year(one.period.from()) == school_year(day));
    let mainland = [SchoolZone::A, SchoolZone::B, SchoolZone::C];
    let summer = [Month::July, Month::August].contains(&day.month())
        && of_year().any(|one| mainland.contains(&one.zone));
    let begins_late =
        |one: &SchoolHoliday| [Month::June, Month::July, Month::August].contains(&one.period.from().month());
    of_year().any(|one| !summer || begins_late(one))
}

fn of_row(row: &school_holiday::Model) -> Option<SchoolHoliday> {
    Some(SchoolHoliday {
        zone: SchoolZone::of(&row.zone)?,
        name: row.name.clone(),
        period: Period::new(row.starts_on, row.ends_on).ok()?,
        source: row.source.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;
    use uuid::Uuid;

    #[test]
    fn the_holidays_of_the_program_are_those_of_three_zones_and_four_school_years() {
        for zone in [SchoolZone::A, SchoolZone::B, SchoolZone::C] {
            for (year, count) in [(2023, 5), (2024, 5), (2025, 5), (2026, 4)] {
                let of_year: Vec<_> = shipped()
                    .iter()
                    .filter(|one| one.zone == zone && school_year(one.period.from()) == year)
                    .collect();
                assert_eq!(of_year.len(), count, "{} {year}", zone.label());
                let starts =
                    of_year.iter().filter(|one| one.period.from().weekday() == time::Weekday::Saturday);
                assert_eq!(starts.count(), count, "classes stop on a Friday evening");
            }
        }
        let winter = shipped().iter().find(|one| one.period.contains(date!(2026 - 02 - 10))).unwrap();
        assert_eq!((winter.zone, winter.name.as_str()), (SchoolZone::A, "Vacances d’hiver"));
        assert!(
            shipped().iter().all(|one| one.period.until() < date!(2027 - 05 - 03)),
            "no date nobody published"
        );
    }

    #[test]
    fn a_year_without_its_summer_tells_nothing_of_july() {
        let zone_b: Vec<_> = shipped().iter().filter(|one| one.zone == SchoolZone::B).cloned().collect();
        for (day, told) in [
            (date!(2023 - 08 - 31), false),
            (date!(2026 - 07 - 15), true),
            (date!(2026 - 09 - 01), true),
            (date!(2027 - 06 - 30), true),
            (date!(2027 - 07 - 01), false),
            (date!(2027 - 09 - 01), false),
        ] {
            assert_eq!(tells(&zone_b, day), told, "{day}");
        }
    }

    #[test]
    fn what_staff_imported_replaces_the_zone_and_the_school_year() {
        let row = school_holiday::Model {
            id: Uuid::nil().into(),
            zone: "a".to_owned(),
            name: "Toussaint".to_owned(),
            starts_on: date!(2025 - 10 - 20),
            ends_on: date!(2025 - 11 - 02),
            source: "arrêté rectifié".to_owned(),
        };
        let all = merged(&[row]);
        let of = |zone, year| {
            all.iter().filter(|one| one.zone == zone && school_year(one.period.from()) == year).count()
        };
        assert_eq!((of(SchoolZone::A, 2025), of(SchoolZone::A, 2024), of(SchoolZone::B, 2025)), (1, 5, 5));
    }
}
