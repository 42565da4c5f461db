//! When a visit may begin: at an hour and on a day at which the people of a structure are at work.
//!
//! Hours and days are those of the place of the visit; public holidays are those of its territory.
use time::{Date, PrimitiveDateTime, Weekday};

use super::calendar::Calendar;

/// The hours between which a visit begins, and whether it may take place on a day on which nobody is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitHours {
    /// First full hour of the day at which a visit may begin.
    pub earliest: u16,
    /// Last full hour of the day at which it may begin, itself included.
    pub latest: u16,
    /// Whether Sundays and public holidays are open to visits.
    pub on_days_off: bool,
}

/// Why a visit may not begin then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The day is a Sunday.
    Sunday,
    /// The day is a public holiday, of this name.
    Holiday(&'static str),
    /// The hour is too early or too late.
    Hour,
}

impl VisitHours {
    /// Everything that stands against a local date and hour, the day first.
    #[must_use]
    pub fn against(self, at: PrimitiveDateTime, calendar: Calendar) -> Vec<Unfit> {
        let day = if self.on_days_off { None } else { day_off(at.date(), calendar) };
        let (hour, minute, second) = at.as_hms();
        let seconds = u32::from(hour) * 3600 + u32::from(minute) * 60 + u32::from(second);
        let open = u32::from(self.earliest) * 3600..=u32::from(self.latest) * 3600;
        let hour = (!open.contains(&seconds)).then_some(Unfit::Hour);
        day.into_iter().chain(hour).collect()
    }

    /// The first day on which a visit may take place, this one included.
    #[must_use]
    pub fn first_day(self, from: Date, calendar: Calendar) -> Date {
        let mut day = from;
        while !self.on_days_off && day_off(day, calendar).is_some() && day < Date::MAX {
            day = day.next_day().unwrap_or(Date::MAX);
        }
        day
    }
}

fn day_off(day: Date, calendar: Calendar) -> Option<Unfit> {
    if day.weekday() == Weekday::Sunday {
        return Some(Unfit::Sunday);
    }
    calendar.holiday(day).map(Unfit::Holiday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_visit_begins_when_people_are_at_work() {
        let usual = VisitHours { earliest: 7, latest: 20, on_days_off: false };
        let any_day = VisitHours { on_days_off: true, ..usual };
        let any_hour = VisitHours { earliest: 0, latest: 24, ..usual };
        let (paris, cayenne) = (Calendar::Metropolitan, Calendar::Guyane);
        let abolition = Unfit::Holiday("Abolition de l’esclavage");
        let cases = [
            (usual, datetime!(2026-06-10 9:00), paris, vec![]),
            (usual, datetime!(2026-06-10 9:00), cayenne, vec![abolition]),
            (usual, datetime!(2026-06-13 9:00), paris, vec![]),
            (usual, datetime!(2026-06-14 9:00), paris, vec![Unfit::Sunday]),
            (usual, datetime!(2026-07-14 9:00), paris, vec![Unfit::Holiday("Fête nationale")]),
            (usual, datetime!(2026-07-14 21:00), paris, vec![Unfit::Holiday("Fête nationale"), Unfit::Hour]),
            (usual, datetime!(2026-06-10 6:59), paris, vec![Unfit::Hour]),
            (usual, datetime!(2026-06-10 7:00), paris, vec![]),
            (usual, datetime!(2026-06-10 20:00), paris, vec![]),
            (usual, datetime!(2026-06-10 20:01), paris, vec![Unfit::Hour]),
            (usual, datetime!(2026-06-10 0:00), paris, vec![Unfit::Hour]),
            (any_day, datetime!(2026-06-14 9:00), paris, vec![]),
            (any_day, datetime!(2026-06-10 9:00), cayenne, vec![]),
            (any_day, datetime!(2026-06-14 3:00), paris, vec![Unfit::Hour]),
            (any_hour, datetime!(2026-06-10 23:59), paris, vec![]),
            (any_hour, datetime!(2026-06-14 0:00), paris, vec![Unfit::Sunday]),
        ];
        for (hours, at, calendar, expected) in cases {
            assert_eq!(hours.against(at, calendar), expected, "{at} {calendar:?} {hours:?}");
        }
    }

    #[test]
    fn the_first_day_of_a_visit_is_one_that_would_not_be_refused() {
        let usual = VisitHours { earliest: 7, latest: 20, on_days_off: false };
        let any_day = VisitHours { on_days_off: true, ..usual };
        let (paris, cayenne) = (Calendar::Metropolitan, Calendar::Guyane);
        let cases = [
            (usual, date!(2026 - 12 - 12), paris, date!(2026 - 12 - 12)),
            (usual, date!(2026 - 12 - 13), paris, date!(2026 - 12 - 14)),
            (usual, date!(2026 - 06 - 10), paris, date!(2026 - 06 - 10)),
            (usual, date!(2026 - 06 - 10), cayenne, date!(2026 - 06 - 11)),
            (usual, date!(2027 - 05 - 16), paris, date!(2027 - 05 - 18)),
            (any_day, date!(2026 - 12 - 13), paris, date!(2026 - 12 - 13)),
        ];
        for (hours, from, calendar, expected) in cases {
            assert_eq!(hours.first_day(from, calendar), expected, "{from} {calendar:?} {hours:?}");
        }
    }
}
