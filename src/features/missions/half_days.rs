//! The half-days that a mission takes: pure. A day is cut at one in the afternoon where the mission takes place.

use entity::availability_day::HalfDay;
use entity::mission_half_day::Half;
use time::macros::time;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

use crate::rules::deadline;

/// Where the morning ends.
const CUT: Time = time!(13:00);
/// Longest mission, in days.
pub const MOST_DAYS: i64 = 31;

/// Every half-day between two instants, in the zone of the place; none when the zone does not exist.
#[must_use]
pub fn taken(starts_at: OffsetDateTime, ends_at: OffsetDateTime, zone: &str) -> Vec<(Date, Half)> {
    let (Ok(from), Ok(until)) = (deadline::local(starts_at, zone), deadline::local(ends_at, zone)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut day = from.date();
    while day <= until.date() && (day - from.date()).whole_days() < MOST_DAYS {
        let midnight = day.midnight();
        let (noon, next) = (PrimitiveDateTime::new(day, CUT), midnight + Duration::days(1));
        if from < noon && until > midnight {
            found.push((day, Half::Morning));
        }
        if from < next && until > noon {
            found.push((day, Half::Afternoon));
        }
        day += Duration::days(1);
    }
    found
}

/// The same half, as people declare their time.
#[must_use]
pub const fn declared(half: Half) -> HalfDay {
    match half {
        Half::Morning => HalfDay::Morning,
        Half::Afternoon => HalfDay::Afternoon,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_day_is_cut_at_one_where_the_mission_takes_place() {
        use Half::{Afternoon, Morning};
        let day = date!(2026 - 03 - 03);
        for (from, until, zone, expected) in [
            (datetime!(2026-03-03 08:00 UTC), datetime!(2026-03-03 11:00 UTC), "Europe/Paris", vec![Morning]),
            (datetime!(2026-03-03 08:00 UTC), datetime!(2026-03-03 12:00 UTC), "Europe/Paris", vec![Morning]),
            (
                datetime!(2026-03-03 12:00 UTC),
                datetime!(2026-03-03 16:00 UTC),
                "Europe/Paris",
                vec![Afternoon],
            ),
            (
                datetime!(2026-03-03 08:00 UTC),
                datetime!(2026-03-03 16:00 UTC),
                "Europe/Paris",
                vec![Morning, Afternoon],
            ),
            (
                datetime!(2026-03-03 12:00 UTC),
                datetime!(2026-03-03 16:00 UTC),
                "America/Cayenne",
                vec![Morning],
            ),
            (
                datetime!(2026-03-03 04:00 UTC),
                datetime!(2026-03-03 08:00 UTC),
                "Indian/Reunion",
                vec![Morning],
            ),
        ] {
            let found = taken(from, until, zone);
            assert_eq!(
                found,
                expected.into_iter().map(|half| (day, half)).collect::<Vec<_>>(),
                "{zone} {from}"
            );
        }
    }

    #[test]
    fn a_mission_of_several_days_takes_the_nights_between_whole() {
        let found = taken(datetime!(2026-03-03 13:00 UTC), datetime!(2026-03-05 10:00 UTC), "Europe/Paris");
        assert_eq!(
            found,
            [
                (date!(2026 - 03 - 03), Half::Afternoon),
                (date!(2026 - 03 - 04), Half::Morning),
                (date!(2026 - 03 - 04), Half::Afternoon),
                (date!(2026 - 03 - 05), Half::Morning),
            ]
        );
        assert_eq!(
            taken(datetime!(2026-03-03 13:00 UTC), datetime!(2027-03-03 13:00 UTC), "Europe/Paris").len(),
            61
        );
        assert!(
            taken(datetime!(2026-03-03 13:00 UTC), datetime!(2026-03-03 14:00 UTC), "Mars/Olympus")
                .is_empty()
        );
    }
}
