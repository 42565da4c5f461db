//! The half-days that an engagement takes, a mission or a visit. A day is cut at one in the afternoon where it takes
//! place.

use entity::availability_day::HalfDay;
use time::macros::time;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

use super::deadline;

/// One half of one day.
pub type Slot = (Date, HalfDay);

/// Where the morning ends.
const CUT: Time = time!(13:00);
/// Longest mission, in days.
pub const MOST_DAYS: i64 = 31;
/// How long the visit of a request lasts.
pub const VISIT: Duration = Duration::hours(7);

/// Every half-day between two instants, in the zone of the place; none when the zone does not exist.
#[must_use]
pub fn taken(starts_at: OffsetDateTime, ends_at: OffsetDateTime, zone: &str) -> Vec<Slot> {
    let (Ok(from), Ok(until)) = (deadline::local(starts_at, zone), deadline::local(ends_at, zone)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut day = from.date();
    while day <= until.date() && (day - from.date()).whole_days() < MOST_DAYS {
        let midnight = day.midnight();
        let (noon, next) = (PrimitiveDateTime::new(day, CUT), midnight + Duration::days(1));
        if from < noon && until > midnight {
            found.push((day, HalfDay::Morning));
        }
        if from < next && until > noon {
            found.push((day, HalfDay::Afternoon));
        }
        day += Duration::days(1);
    }
    found
}

/// The half-days of a visit that begins at an instant, on its day alone; none when the zone does not exist.
#[must_use]
pub fn of_visit(at: OffsetDateTime, zone: &str) -> Vec<Slot> {
    let mut found = taken(at, at + VISIT, zone);
    let first = found.first().map(|(day, _)| *day);
    found.retain(|(day, _)| Some(*day) == first);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_day_is_cut_at_one_where_the_mission_takes_place() {
        use HalfDay::{Afternoon, Morning};
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
                (date!(2026 - 03 - 03), HalfDay::Afternoon),
                (date!(2026 - 03 - 04), HalfDay::Morning),
                (date!(2026 - 03 - 04), HalfDay::Afternoon),
                (date!(2026 - 03 - 05), HalfDay::Morning),
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

    #[test]
    fn a_visit_takes_the_halves_of_its_day_and_none_of_the_next() {
        use HalfDay::{Afternoon, Morning};
        let day = date!(2026 - 03 - 03);
        for (at, zone, expected) in [
            (datetime!(2026-03-03 08:00 UTC), "Europe/Paris", vec![Morning, Afternoon]),
            (datetime!(2026-03-03 13:00 UTC), "Europe/Paris", vec![Afternoon]),
            (datetime!(2026-03-03 17:30 UTC), "Europe/Paris", vec![Afternoon]),
            (datetime!(2026-03-03 11:00 UTC), "America/Cayenne", vec![Morning, Afternoon]),
            (datetime!(2026-03-03 08:00 UTC), "Mars/Olympus", Vec::new()),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|half| (day, half)).collect();
            assert_eq!(of_visit(at, zone), expected, "{zone} {at}");
        }
    }
}
