//! Delays in working hours, in the zone and with the holidays of the person who must act.
//!
//! Only hours of working days count. By default a working day counts whole, so that seventy-two hours are three working
//! days; a certifier may count the hours of its office alone.
use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime, Time};

use crate::rules::calendar::Calendar;
use crate::rules::deadline::{self, DeadlineError, add_days, date_in_zone};

/// Longest delay that is looked for, in days.
const MOST_DAYS: i32 = 3_660;

/// The hours of a working day that count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkingDay {
    /// Full hour at which they begin.
    pub opens: u8,
    /// Full hour at which they end, 24 for midnight.
    pub closes: u8,
}

impl Default for WorkingDay {
    fn default() -> Self {
        Self { opens: 0, closes: 24 }
    }
}

impl WorkingDay {
    /// Whether it holds an hour at least.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        self.opens < self.closes && self.closes <= 24
    }
}

/// Where and when somebody works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workplace<'a> {
    /// IANA zone.
    pub zone: &'a str,
    /// Holidays.
    pub calendar: Calendar,
    /// Hours that count.
    pub hours: WorkingDay,
}

/// The instant that comes `hours` working hours after another.
///
/// # Errors
/// An unknown zone, a date out of range.
pub fn after(
    start: OffsetDateTime,
    hours: u16,
    place: Workplace<'_>,
) -> Result<OffsetDateTime, DeadlineError> {
    let mut left = Duration::hours(hours.into());
    let first = date_in_zone(start, place.zone)?;
    for number in 0..MOST_DAYS {
        let day = add_days(first, number);
        if !place.calendar.is_working_day(day) {
            continue;
        }
        let opens = at(day, place.hours.opens, place.zone)?.max(start);
        let closes = at(day, place.hours.closes, place.zone)?;
        let open = closes - opens;
        if open <= Duration::ZERO {
            continue;
        }
        if left <= open {
            return Ok(opens + left);
        }
        left -= open;
    }
    Err(DeadlineError::OutOfRange)
}

/// A full hour of a day, 24 being the midnight that ends it.
fn at(day: time::Date, hour: u8, zone: &str) -> Result<OffsetDateTime, DeadlineError> {
    match Time::from_hms(hour, 0, 0) {
        Ok(time) => deadline::instant(day, time, zone),
        Err(_) => deadline::instant(add_days(day, 1), Time::MIDNIGHT, zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    const PARIS: Workplace<'static> = Workplace {
        zone: "Europe/Paris",
        calendar: Calendar::Metropolitan,
        hours: WorkingDay { opens: 0, closes: 24 },
    };

    #[test]
    fn seventy_two_working_hours_are_three_working_days() {
        let cases = [
            // Monday to Thursday
            (datetime!(2026-03-02 09:00 UTC), datetime!(2026-03-05 09:00 UTC)),
            // Thursday to Tuesday
            (datetime!(2026-03-05 09:00 UTC), datetime!(2026-03-10 09:00 UTC)),
            // Saturday: from Monday, midnight in Paris
            (datetime!(2026-03-07 09:00 UTC), datetime!(2026-03-11 23:00 UTC)),
            // Friday 1 May is a holiday
            (datetime!(2026-04-30 10:00 UTC), datetime!(2026-05-06 10:00 UTC)),
        ];
        for (start, expected) in cases {
            assert_eq!(after(start, 72, PARIS), Ok(expected), "{start}");
        }
    }

    #[test]
    fn holidays_and_hours_are_those_of_the_person() {
        // Wednesday 27 May 2026: abolition of slavery in Guadeloupe
        let there =
            Workplace { zone: "America/Guadeloupe", calendar: Calendar::Guadeloupe, hours: PARIS.hours };
        let start = datetime!(2026-05-26 14:00 UTC);
        assert_eq!(after(start, 24, there), Ok(datetime!(2026-05-28 14:00 UTC)));
        assert_eq!(after(start, 24, PARIS), Ok(datetime!(2026-05-27 14:00 UTC)));
    }

    #[test]
    fn the_hours_of_an_office_alone_may_count() {
        let office = Workplace { hours: WorkingDay { opens: 9, closes: 17 }, ..PARIS };
        let cases = [
            // Monday at ten in Paris: seven hours are left
            (datetime!(2026-03-02 09:00 UTC), 7, datetime!(2026-03-02 16:00 UTC)),
            (datetime!(2026-03-02 09:00 UTC), 8, datetime!(2026-03-03 09:00 UTC)),
            // before it opens, after it closes
            (datetime!(2026-03-02 05:00 UTC), 1, datetime!(2026-03-02 09:00 UTC)),
            (datetime!(2026-03-06 20:00 UTC), 1, datetime!(2026-03-09 09:00 UTC)),
        ];
        for (start, hours, expected) in cases {
            assert_eq!(after(start, hours, office), Ok(expected), "{start} {hours}");
        }
    }

    #[test]
    fn a_zone_that_nobody_knows_is_told() {
        let nowhere = Workplace { zone: "Mars/Olympus", ..PARIS };
        assert!(after(datetime!(2026-03-02 09:00 UTC), 1, nowhere).is_err());
        for (opens, closes, sound) in [(0, 24, true), (9, 17, true), (9, 9, false), (9, 25, false)] {
            assert_eq!(WorkingDay { opens, closes }.is_sound(), sound);
        }
    }

    proptest! {
        #[test]
        fn a_longer_delay_never_ends_sooner(start in 1_700_000_000_i64..1_900_000_000, hours in 1_u16..200) {
            let start = OffsetDateTime::from_unix_timestamp(start).unwrap();
            let end = after(start, hours, PARIS).unwrap();
            prop_assert!(end - start >= Duration::hours(hours.into()) - Duration::HOUR);
            prop_assert!(after(start, hours + 1, PARIS).unwrap() > end);
        }
    }
}
