//! What time does by itself to a mission, and when: pure, so that a table tells it. `actions::ring` does it.
//!
//! A person is reminded in the morning where they live: once after some days without an answer, then on each of the
//! last days. The offer ends at its own instant. Whoever owes a report is reminded some days after its last one, a few
//! times.

use entity::mission::{self, MissionState};
use entity::mission_offer;
use time::macros::time;
use time::{Date, OffsetDateTime};

use crate::rules::deadline::{add_days, date_in_zone, day_in_zone, instant};
use crate::rules::missions::MissionRules;

/// What must happen to a mission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The person has not answered yet; how many reminders will have left.
    Remind {
        /// Reminders, this one included.
        count: i32,
    },
    /// Nobody answered in time.
    Expire,
    /// The mission begins.
    Start,
    /// The report is late; how many reminders will have left.
    RemindReport {
        /// Reminders, this one included.
        count: i32,
    },
}

/// Most reminders of a late report: then the team alone has it among its tasks.
const REPORT_REMINDERS: i32 = 3;

/// The next alarm of a mission and its instant.
#[must_use]
pub fn next_alarm(
    mission: &mission::Model,
    offer: Option<&mission_offer::Model>,
    home: &str,
    rules: &MissionRules,
    now: OffsetDateTime,
) -> Option<(OffsetDateTime, Alarm)> {
    match mission.state {
        MissionState::Proposed => {
            let offer = offer?;
            let due = *offer.due_at?;
            if now >= due {
                return Some((due, Alarm::Expire));
            }
            let planned = reminders(*offer.sent_at?, due, home, rules);
            let given = usize::try_from(offer.reminded).unwrap_or_default();
            let Some(next) = planned.get(given) else { return Some((due, Alarm::Expire)) };
            // Several may have passed while nothing ran: one message says it all.
            let passed = planned.iter().filter(|at| **at <= now).count().max(given + 1);
            Some((*next, Alarm::Remind { count: i32::try_from(passed).unwrap_or(i32::MAX) }))
        }
        MissionState::Accepted => Some((*mission.starts_at, Alarm::Start)),
        // A mission that nobody told done owes its report all the same.
        MissionState::InProgress | MissionState::Done => late_report(mission, home, rules, now),
        _ => None,
    }
}

/// The last day on which the report of a mission is in time, where it took place.
#[must_use]
pub fn report_due_on(mission: &mission::Model, rules: &MissionRules) -> Date {
    report_due(*mission.ends_at, &mission.zone, rules)
}

/// The same, from the end of the mission and where it is.
#[must_use]
pub fn report_due(ends_at: OffsetDateTime, zone: &str, rules: &MissionRules) -> Date {
    add_days(day_in_zone(ends_at, zone), rules.report_within_days.into())
}

/// The next reminder of a report, once it is late, in the morning where the person lives.
fn late_report(
    mission: &mission::Model,
    home: &str,
    rules: &MissionRules,
    now: OffsetDateTime,
) -> Option<(OffsetDateTime, Alarm)> {
    let planned = report_reminders(report_due_on(mission, rules), home, rules);
    let given = usize::try_from(mission.report_reminded).unwrap_or_default();
    let next = planned.get(given)?;
    // Several may have passed while nothing ran: one message says it all.
    let passed = planned.iter().filter(|at| **at <= now).count().max(given + 1);
    Some((*next, Alarm::RemindReport { count: i32::try_from(passed).unwrap_or(i32::MAX) }))
}

/// When the reminders of a report that is due on a day leave, as long as it is not there.
fn report_reminders(due: Date, home: &str, rules: &MissionRules) -> Vec<OffsetDateTime> {
    let every = i32::from(rules.report_reminder_days);
    let days = (1..=REPORT_REMINDERS).map(|rank| add_days(due, rank * every));
    days.filter_map(|day| instant(day, time!(08:00), home).ok()).collect()
}

/// When the reminders of an offer leave.
fn reminders(
    sent: OffsetDateTime,
    due: OffsetDateTime,
    home: &str,
    rules: &MissionRules,
) -> Vec<OffsetDateTime> {
    let (Ok(from), Ok(until)) = (date_in_zone(sent, home), date_in_zone(due, home)) else {
        return Vec::new();
    };
    let first = add_days(from, rules.reminder_after_days.into());
    let last = (0..i32::from(rules.daily_reminder_days)).map(|back| add_days(until, -back));
    let mut days: Vec<_> = last.chain([first]).collect();
    days.sort_unstable();
    days.dedup();
    let morning = |day| instant(day, time!(08:00), home).ok();
    days.into_iter().filter_map(morning).filter(|at| *at > sent && *at < due).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_late_report_is_asked_for_three_times_in_the_morning_of_the_person() {
        let rules = MissionRules::default();
        let planned = report_reminders(date!(2026 - 03 - 10), "America/Cayenne", &rules);
        assert_eq!(
            planned,
            [
                datetime!(2026-03-13 11:00 UTC),
                datetime!(2026-03-16 11:00 UTC),
                datetime!(2026-03-19 11:00 UTC)
            ]
        );
    }

    #[test]
    fn a_person_is_reminded_after_some_days_then_on_the_last_ones() {
        let rules = MissionRules::default();
        let sent = datetime!(2026-03-02 09:00 UTC);
        assert_eq!(
            reminders(sent, datetime!(2026-03-09 22:59 UTC), "Europe/Paris", &rules),
            [
                datetime!(2026-03-05 07:00 UTC),
                datetime!(2026-03-08 07:00 UTC),
                datetime!(2026-03-09 07:00 UTC)
            ]
        );
        assert_eq!(
            reminders(sent, datetime!(2026-03-03 09:00 UTC), "Indian/Reunion", &rules),
            [datetime!(2026-03-03 04:00 UTC)]
        );
        assert!(reminders(sent, datetime!(2026-03-02 12:00 UTC), "Europe/Paris", &rules).is_empty());
    }
}
