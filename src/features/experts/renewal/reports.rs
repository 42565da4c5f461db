//! The reports that were due, and whether they came in time: of missions, and of the visits of requests.

use std::collections::HashMap;

use entity::habilitation;
use entity::ids::HabilitationId;
use time::{Date, OffsetDateTime};

use super::acts::{Acts, Mission, Visit};
use super::sources::object_of;
use crate::rules::deadline::{add_days, day_in_zone};

/// A report that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// The day of the act that it is about, where it took place.
    pub(super) day: Date,
    /// It came within the delay.
    pub(super) in_time: bool,
}

/// What is known of an act: its end, its report, its zone.
struct Act<'a> {
    ended: OffsetDateTime,
    reported: Option<OffsetDateTime>,
    zone: &'a str,
}

impl<'a> From<&'a Mission> for Act<'a> {
    fn from(mission: &'a Mission) -> Self {
        Self { ended: *mission.done_at, reported: mission.reported_at.map(|at| *at), zone: &mission.zone }
    }
}

impl<'a> From<&'a Visit> for Act<'a> {
    fn from(visit: &'a Visit) -> Self {
        Self { ended: *visit.visited_at, reported: visit.report_sent_at.map(|at| *at), zone: &visit.zone }
    }
}

/// The reports due until a day under each file.
pub(super) fn due(
    files: &[habilitation::Model],
    acts: &Acts,
    today: Date,
    days: u16,
) -> HashMap<HabilitationId, Vec<Report>> {
    let of = |file: &habilitation::Model| {
        let object = object_of(file.duty);
        let missions = acts.missions(file.expert_id).iter();
        let missions = missions.filter(|one| one.object == object && one.tells_its_report());
        // A visit that the structure refused has nothing to report.
        let visits = acts.visits(file).iter().filter(|one| !one.refused);
        let acts = missions.map(Act::from).chain(visits.map(Act::from));
        (file.id, acts.filter_map(|act| weighed(&act, today, days)).collect())
    };
    files.iter().map(of).collect()
}

/// Whether a report came in time; none while its delay runs and it has not come.
fn weighed(act: &Act<'_>, today: Date, days: u16) -> Option<Report> {
    let day = day_in_zone(act.ended, act.zone);
    let last = add_days(day, days.into());
    let came = act.reported.map(|at| day_in_zone(at, act.zone));
    let in_time = match came {
        Some(came) => came <= last,
        None if last >= today => return None,
        None => false,
    };
    Some(Report { day, in_time })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_report_is_in_time_on_the_last_day_where_the_act_was() {
        let today = date!(2025 - 11 - 30);
        let cayenne =
            |reported| Act { ended: datetime!(2025-10-06 20:00 UTC), reported, zone: "America/Cayenne" };
        for (reported, in_time) in [
            (Some(datetime!(2025-10-22 02:30 UTC)), true),
            (Some(datetime!(2025-10-22 03:30 UTC)), false),
            (None, false),
        ] {
            let found = weighed(&cayenne(reported), today, 15);
            let expected = Report { day: date!(2025 - 10 - 06), in_time };
            assert_eq!(found, Some(expected), "{reported:?}");
        }
        assert_eq!(weighed(&cayenne(None), date!(2025 - 10 - 21), 15), None, "the delay still runs");
    }
}
