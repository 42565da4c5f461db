//! Civil dates, instants and deadlines.
//!
//! Instants are kept in UTC and a place has a time zone. A deadline ends at 23:59:59 in the zone of the person
//! who must act: a person in Cayenne is never late because it is tomorrow in Paris.
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time};

/// Why a date and a zone do not make an instant.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// No such zone in the database of time zones.
    #[error("Le fuseau horaire «\u{202f}{0}\u{202f}» n’existe pas")]
    UnknownZone(String),
    /// A date too far from ours for the instant to be kept.
    #[error("Cette date est trop éloignée")]
    OutOfRange,
}

fn zone(name: &str) -> Result<TimeZone, DeadlineError> {
    TimeZone::get(name).map_err(|_| DeadlineError::UnknownZone(name.into()))
}

/// Whether a zone exists, for the checks of a form.
#[must_use]
pub fn is_zone(name: &str) -> bool {
    zone(name).is_ok()
}

/// The instant of a local date and time. When clocks go back and the time exists twice, the second one; when
/// they go forward and it does not exist, as much later as the clocks moved.
///
/// # Errors
/// An unknown zone, a date out of range.
pub fn instant(date: Date, at: Time, zone_name: &str) -> Result<OffsetDateTime, DeadlineError> {
    let zone = zone(zone_name)?;
    let local = to_jiff(PrimitiveDateTime::new(date, at)).ok_or(DeadlineError::OutOfRange)?;
    let found = zone.to_ambiguous_timestamp(local).later().map_err(|_| DeadlineError::OutOfRange)?;
    OffsetDateTime::from_unix_timestamp(found.as_second()).map_err(|_| DeadlineError::OutOfRange)
}

/// The last second of a day in a zone: where a deadline ends.
///
/// # Errors
/// An unknown zone, a date out of range.
pub fn end_of_day(date: Date, zone_name: &str) -> Result<OffsetDateTime, DeadlineError> {
    let last_second = Time::MIDNIGHT - Duration::SECOND;
    instant(date, last_second, zone_name)
}

/// The local date and time of an instant, to the second.
///
/// # Errors
/// An unknown zone, an instant out of range.
pub fn local(instant: OffsetDateTime, zone_name: &str) -> Result<PrimitiveDateTime, DeadlineError> {
    local_there(instant, &zone(zone_name)?)
}

fn local_there(instant: OffsetDateTime, zone: &TimeZone) -> Result<PrimitiveDateTime, DeadlineError> {
    let stamp = Timestamp::from_second(instant.unix_timestamp()).map_err(|_| DeadlineError::OutOfRange)?;
    from_jiff(zone.to_datetime(stamp)).ok_or(DeadlineError::OutOfRange)
}

/// The day that it is in a zone.
///
/// # Errors
/// An unknown zone, an instant out of range.
pub fn date_in_zone(instant: OffsetDateTime, zone_name: &str) -> Result<Date, DeadlineError> {
    local(instant, zone_name).map(PrimitiveDateTime::date)
}

/// The same, for what must name a day: that of UTC in a zone that nobody knows.
#[must_use]
pub fn day_in_zone(instant: OffsetDateTime, zone_name: &str) -> Date {
    date_in_zone(instant, zone_name).unwrap_or(instant.date())
}

/// Zones found by their name once, for what reads many instants of a few places.
#[derive(Debug, Default)]
pub struct Zones {
    /// None: nobody knows that one.
    known: HashMap<String, Option<TimeZone>>,
}

impl Zones {
    /// The day of [`day_in_zone`].
    #[must_use]
    pub fn day(&mut self, instant: OffsetDateTime, zone_name: &str) -> Date {
        if let Some(known) = self.known.get(zone_name) {
            return day_there(instant, known.as_ref());
        }
        let found = zone(zone_name).ok();
        let day = day_there(instant, found.as_ref());
        self.known.insert(zone_name.to_owned(), found);
        day
    }
}

fn day_there(instant: OffsetDateTime, zone: Option<&TimeZone>) -> Date {
    let local = zone.and_then(|zone| local_there(instant, zone).ok());
    local.map_or(instant.date(), PrimitiveDateTime::date)
}

/// The end of the day that comes `days` days after an instant, in the zone of the person who must act.
///
/// # Errors
/// An unknown zone, a date out of range.
pub fn days_after(
    start: OffsetDateTime,
    days: i32,
    zone_name: &str,
) -> Result<OffsetDateTime, DeadlineError> {
    end_of_day(add_days(date_in_zone(start, zone_name)?, days), zone_name)
}

/// The date some days later, or earlier when negative; stays at the first or last date that exists.
#[must_use]
pub fn add_days(date: Date, days: i32) -> Date {
    date.saturating_add(Duration::days(days.into()))
}

/// The same day some months later, or earlier when negative; the last day of the month when it is shorter.
#[must_use]
pub fn add_months(date: Date, months: i32) -> Date {
    let since_year_zero =
        i64::from(date.year()) * 12 + i64::from(u8::from(date.month()) - 1) + i64::from(months);
    let limit = if months < 0 { Date::MIN } else { Date::MAX };
    let (Ok(year), Ok(month)) =
        (i32::try_from(since_year_zero.div_euclid(12)), u8::try_from(since_year_zero.rem_euclid(12) + 1))
    else {
        return limit;
    };
    let Ok(month) = Month::try_from(month) else { return limit };
    Date::from_calendar_date(year, month, date.day().min(month.length(year))).unwrap_or(limit)
}

/// Days left before a deadline: 0 on its last day, negative once it has passed.
#[must_use]
pub fn days_left(deadline: Date, today: Date) -> i64 {
    (deadline - today).whole_days()
}

fn to_jiff(local: PrimitiveDateTime) -> Option<civil::DateTime> {
    let (hour, minute, second) = local.as_hms();
    let year = i16::try_from(local.year()).ok()?;
    let [month, day, hour, minute, second] =
        [u8::from(local.month()), local.day(), hour, minute, second].map(u8::cast_signed);
    civil::DateTime::new(year, month, day, hour, minute, second, 0).ok()
}

fn from_jiff(local: civil::DateTime) -> Option<PrimitiveDateTime> {
    let [month, day, hour, minute, second] =
        [local.month(), local.day(), local.hour(), local.minute(), local.second()].map(i8::cast_unsigned);
    let date = Date::from_calendar_date(local.year().into(), Month::try_from(month).ok()?, day).ok()?;
    Some(PrimitiveDateTime::new(date, Time::from_hms(hour, minute, second).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::{date, datetime, time};

    #[test]
    fn a_day_ends_when_it_ends_for_the_person() {
        let cases = [
            ("Europe/Paris", date!(2024 - 01 - 16), datetime!(2024-01-16 22:59:59 UTC)),
            ("Europe/Paris", date!(2024 - 07 - 16), datetime!(2024-07-16 21:59:59 UTC)),
            // the night when clocks go forward, and the one when they go back
            ("Europe/Paris", date!(2024 - 03 - 30), datetime!(2024-03-30 22:59:59 UTC)),
            ("Europe/Paris", date!(2024 - 03 - 31), datetime!(2024-03-31 21:59:59 UTC)),
            ("Europe/Paris", date!(2024 - 10 - 26), datetime!(2024-10-26 21:59:59 UTC)),
            ("Europe/Paris", date!(2024 - 10 - 27), datetime!(2024-10-27 22:59:59 UTC)),
            ("America/Cayenne", date!(2024 - 01 - 16), datetime!(2024-01-17 02:59:59 UTC)),
            ("Indian/Mayotte", date!(2024 - 01 - 16), datetime!(2024-01-16 20:59:59 UTC)),
            ("Indian/Reunion", date!(2024 - 07 - 16), datetime!(2024-07-16 19:59:59 UTC)),
            ("America/Miquelon", date!(2024 - 03 - 10), datetime!(2024-03-11 01:59:59 UTC)),
            ("America/Miquelon", date!(2024 - 03 - 09), datetime!(2024-03-10 02:59:59 UTC)),
            ("Pacific/Tahiti", date!(2024 - 01 - 16), datetime!(2024-01-17 09:59:59 UTC)),
            ("Pacific/Noumea", date!(2024 - 01 - 16), datetime!(2024-01-16 12:59:59 UTC)),
        ];
        for (zone, day, end) in cases {
            assert_eq!(end_of_day(day, zone), Ok(end), "{day} in {zone}");
            assert_eq!(date_in_zone(end, zone), Ok(day));
            assert_eq!(date_in_zone(end + Duration::SECOND, zone), Ok(day.next_day().unwrap()));
        }
    }

    #[test]
    fn the_same_instant_is_another_day_elsewhere() {
        let instant = datetime!(2024-01-16 23:30 UTC);
        for (zone, day) in [
            ("Europe/Paris", date!(2024 - 01 - 17)),
            ("America/Cayenne", date!(2024 - 01 - 16)),
            ("Indian/Mayotte", date!(2024 - 01 - 17)),
            ("Pacific/Tahiti", date!(2024 - 01 - 16)),
            ("Pacific/Noumea", date!(2024 - 01 - 17)),
        ] {
            assert_eq!(date_in_zone(instant, zone), Ok(day), "in {zone}");
        }
    }

    #[test]
    fn zones_kept_by_name_give_the_same_days() {
        let mut zones = Zones::default();
        for instant in [datetime!(2024-01-16 01:30 UTC), datetime!(2024-07-16 23:30 UTC)] {
            for zone in ["Europe/Paris", "America/Cayenne", "Pacific/Noumea", "Europe/Lutece", ""] {
                let expected = day_in_zone(instant, zone);
                assert_eq!(zones.day(instant, zone), expected, "{zone}, looked for");
                assert_eq!(zones.day(instant, zone), expected, "{zone}, kept");
            }
        }
        assert_eq!(zones.day(datetime!(2024-01-16 01:30 UTC), "America/Cayenne"), date!(2024 - 01 - 15));
    }

    #[test]
    fn a_number_of_days_is_counted_from_the_local_day() {
        // 22:30 on the 16th in Cayenne is already the 17th in Paris
        let start = datetime!(2024-01-17 01:30 UTC);
        assert_eq!(days_after(start, 30, "America/Cayenne"), Ok(datetime!(2024-02-16 02:59:59 UTC)));
        assert_eq!(days_after(start, 30, "Europe/Paris"), Ok(datetime!(2024-02-16 22:59:59 UTC)));
    }

    #[test]
    fn hours_that_exist_twice_or_never_still_give_an_instant() {
        let paris = "Europe/Paris";
        assert_eq!(instant(date!(2024 - 10 - 27), time!(02:30), paris), Ok(datetime!(2024-10-27 01:30 UTC)));
        assert_eq!(instant(date!(2024 - 03 - 31), time!(02:30), paris), Ok(datetime!(2024-03-31 01:30 UTC)));
        assert_eq!(
            instant(date!(2024 - 01 - 16), time!(09:00), "Indian/Mayotte"),
            Ok(datetime!(2024-01-16 06:00 UTC))
        );
        assert_eq!(local(datetime!(2024-01-16 06:00 UTC), paris), Ok(datetime!(2024-01-16 07:00)));
    }

    #[test]
    fn an_unknown_zone_is_an_error_and_not_a_panic() {
        let unknown = DeadlineError::UnknownZone("Europe/Lutece".into());
        assert_eq!(end_of_day(date!(2024 - 01 - 16), "Europe/Lutece"), Err(unknown.clone()));
        assert_eq!(date_in_zone(datetime!(2024-01-16 06:00 UTC), "Europe/Lutece"), Err(unknown.clone()));
        assert_eq!(day_in_zone(datetime!(2024-01-16 06:00 UTC), "Europe/Lutece"), date!(2024 - 01 - 16));
        assert_eq!(unknown.to_string(), "Le fuseau horaire «\u{202f}Europe/Lutece\u{202f}» n’existe pas");
        assert!(!is_zone(""));
        assert!(is_zone("Pacific/Marquesas"));
        assert_eq!(end_of_day(Date::MAX, "Pacific/Tahiti"), Err(DeadlineError::OutOfRange));
        assert!(end_of_day(Date::MIN, "Pacific/Noumea").is_err());
    }

    #[test]
    fn months_stop_at_the_end_of_shorter_ones() {
        let cases = [
            (date!(2024 - 01 - 31), 1, date!(2024 - 02 - 29)),
            (date!(2023 - 01 - 31), 1, date!(2023 - 02 - 28)),
            (date!(2024 - 02 - 29), 12, date!(2025 - 02 - 28)),
            (date!(2024 - 02 - 29), 48, date!(2028 - 02 - 29)),
            (date!(2024 - 03 - 31), -1, date!(2024 - 02 - 29)),
            (date!(2024 - 11 - 15), 3, date!(2025 - 02 - 15)),
            (date!(2024 - 01 - 15), -1, date!(2023 - 12 - 15)),
            (date!(2024 - 01 - 15), 0, date!(2024 - 01 - 15)),
            (date!(2024 - 01 - 15), i32::MAX, Date::MAX),
            (date!(2024 - 01 - 15), i32::MIN, Date::MIN),
        ];
        for (from, months, to) in cases {
            assert_eq!(add_months(from, months), to, "{from} and {months} months");
        }
        assert_eq!(add_days(date!(2024 - 02 - 28), 2), date!(2024 - 03 - 01));
        assert_eq!(add_days(date!(2024 - 03 - 01), -1), date!(2024 - 02 - 29));
        assert_eq!(add_days(Date::MAX, 1), Date::MAX);
    }

    #[test]
    fn the_last_day_counts_as_zero_days_left() {
        let deadline = date!(2024 - 03 - 10);
        assert_eq!(days_left(deadline, date!(2024 - 03 - 08)), 2);
        assert_eq!(days_left(deadline, deadline), 0);
        assert_eq!(days_left(deadline, date!(2024 - 03 - 11)), -1);
    }

    proptest! {
        #[test]
        fn the_end_of_a_day_is_on_that_day_everywhere(day in 0i32..40_000, place in 0usize..6) {
            let zone = ["Europe/Paris", "America/Cayenne", "Indian/Mayotte", "America/Miquelon", "Pacific/Tahiti",
                "Pacific/Wallis"][place];
            let date = Date::from_julian_day(2_440_000 + day).unwrap();
            let end = end_of_day(date, zone).unwrap();
            prop_assert_eq!(date_in_zone(end, zone), Ok(date));
            prop_assert_eq!(date_in_zone(end + Duration::SECOND, zone), Ok(add_days(date, 1)));
        }

        #[test]
        fn adding_months_never_leaves_the_month_aimed_at(day in 0i32..40_000, months in -600i32..600) {
            let date = Date::from_julian_day(2_440_000 + day).unwrap();
            let moved = add_months(date, months);
            let count = |date: Date| date.year() * 12 + i32::from(u8::from(date.month()));
            prop_assert_eq!(count(moved), count(date) + months);
            prop_assert!(moved.day() <= date.day());
        }
    }
}
