//! The reports that were due, and whether they came in time: of missions, and of the visits of requests.

use std::collections::HashMap;

use entity::habilitation;
use entity::ids::HabilitationId;
use time::Date;

use super::acts::{Acts, Mission, Visit};
use super::sources::object_of;
use crate::rules::deadline::add_days;

/// A report that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Report {
    /// The day of the act that it is about, where it took place.
    pub(super) day: Date,
    /// It came within the delay.
    pub(super) in_time: bool,
}

/// What is known of an act: the day of its end and that of its report, where it took place.
#[derive(Clone, Copy)]
struct Act {
    ended: Date,
    reported: Option<Date>,
}

impl From<&Mission> for Act {
    fn from(mission: &Mission) -> Self {
        Self { ended: mission.ended, reported: mission.reported }
    }
}

impl From<&Visit> for Act {
    fn from(visit: &Visit) -> Self {
        Self { ended: visit.day, reported: visit.reported }
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
        (file.id, acts.filter_map(|act| weighed(act, today, days)).collect())
    };
    files.iter().map(of).collect()
}

/// Whether a report came in time; none while its delay runs and it has not come.
fn weighed(act: Act, today: Date, days: u16) -> Option<Report> {
    let last = add_days(act.ended, days.into());
    let in_time = match act.reported {
        Some(came) => came <= last,
        None if last >= today => return None,
        None => false,
    };
    Some(Report { day: act.ended, in_time })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::deadline::day_in_zone;
    use time::OffsetDateTime;
    use time::macros::{date, datetime};

    #[test]
    fn a_report_is_in_time_on_the_last_day_where_the_act_was() {
        let today = date!(2025 - 11 - 30);
        let day = |at| day_in_zone(at, "America/Cayenne");
        let cayenne = |reported: Option<OffsetDateTime>| Act {
            ended: day(datetime!(2025-10-06 20:00 UTC)),
            reported: reported.map(day),
        };
        for (reported, in_time) in [
            (Some(datetime!(2025-10-22 02:30 UTC)), true),
            (Some(datetime!(2025-10-22 03:30 UTC)), false),
            (None, false),
        ] {
            let found = weighed(cayenne(reported), today, 15);
            let expected = Report { day: date!(2025 - 10 - 06), in_time };
            assert_eq!(found, Some(expected), "{reported:?}");
        }
        assert_eq!(weighed(cayenne(None), date!(2025 - 10 - 21), 15), None, "the delay still runs");
    }
}
