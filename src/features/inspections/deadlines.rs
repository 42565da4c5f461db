//! What time does by itself to an inspection whose gaps are to be put right, and when: pure, so that a table tells it.
//!
//! The structure is reminded in the morning where it is, on the days of the settings; the day after the end, the inspection is late,
//! which is told once; then a last reminder leaves. `actions::ring` does it.

use entity::inspection::{self, InspectionState};
use entity::nonconformity;
use time::macros::time;
use time::{Date, OffsetDateTime};

use super::state::gap::waits_for_structure;
use crate::rules::deadline::{add_days, end_of_day, instant};
use crate::rules::life::LifeDelays;

/// What must happen to an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The structure is reminded of a day; how many reminders will have left.
    Remind {
        /// The day.
        due_on: Date,
        /// Reminders, this one included.
        count: i32,
    },
    /// The day is behind.
    FallOverdue {
        /// The day.
        due_on: Date,
    },
}

/// The day that the structure is waited for: that of the first gap.
#[must_use]
pub fn due_on(gaps: &[nonconformity::Model]) -> Option<Date> {
    gaps.iter().filter(|gap| waits_for_structure(gap.state)).filter_map(|gap| gap.due_on).min()
}

/// The next alarm of an inspection and its instant.
#[must_use]
pub fn next_alarm(
    row: &inspection::Model,
    gaps: &[nonconformity::Model],
    zone: &str,
    delays: &LifeDelays,
) -> Option<(OffsetDateTime, Alarm)> {
    let day = due_on(gaps)?;
    next(row.state, row.warned, day, zone, delays)
}

fn next(
    state: InspectionState,
    warned: i32,
    day: Date,
    zone: &str,
    delays: &LifeDelays,
) -> Option<(OffsetDateTime, Alarm)> {
    let given = usize::try_from(warned).unwrap_or_default();
    let reminder = delays.action_warning_days.get(given).and_then(|before| {
        let at = instant(add_days(day, -i32::from(*before)), time!(08:00), zone).ok()?;
        Some((at, Alarm::Remind { due_on: day, count: warned + 1 }))
    });
    match state {
        InspectionState::ActionsRequested => {
            let over = end_of_day(day, zone).ok()?;
            let late = (over, Alarm::FallOverdue { due_on: day });
            Some(reminder.filter(|(at, _)| *at < over).unwrap_or(late))
        }
        InspectionState::Overdue => reminder,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_structure_is_reminded_twice_then_it_is_late_then_reminded_once_more() {
        use InspectionState as S;
        let (delays, day) = (LifeDelays::default(), date!(2026 - 03 - 31));
        let remind = |count| Alarm::Remind { due_on: day, count };
        for (state, warned, expected) in [
            (S::ActionsRequested, 0, Some((datetime!(2026-03-01 07:00 UTC), remind(1)))),
            (S::ActionsRequested, 1, Some((datetime!(2026-03-24 07:00 UTC), remind(2)))),
            (S::Overdue, 2, Some((datetime!(2026-04-01 06:00 UTC), remind(3)))),
            (S::Overdue, 3, None),
            (S::ActionsSubmitted, 0, None),
            (S::Closed, 0, None),
        ] {
            assert_eq!(next(state, warned, day, "Europe/Paris", &delays), expected, "{state} {warned}");
        }
        let late = next(S::ActionsRequested, 2, day, "Europe/Paris", &delays);
        assert_eq!(late.map(|(_, alarm)| alarm), Some(Alarm::FallOverdue { due_on: day }));
    }
}
