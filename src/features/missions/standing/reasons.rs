//! Why a person may not hold a mission, in words: the habilitation on its days, the half-days that are taken, the
//! travels that are too short.

use entity::habilitation::Duty;
use time::{Date, Duration, OffsetDateTime};

use super::{Freedom, Need};
use crate::features::availability::engagements::{Clash, Named};
use crate::features::availability::labels as words_of_time;
use crate::features::availability::load::{Held, Visit};
use crate::features::availability::queries::HalfDays;
use crate::features::experts::queries::{Habilitation, covers};
use crate::features::missions::labels;
use crate::features::rights;
use crate::rules::engagement::{self, Slot, VISIT};
use crate::rules::half_day::Availability;
use crate::rules::missions::MissionRules;
use crate::rules::right::Standing as OnDay;

/// What someone declared of the half-days that the mission takes.
pub(super) fn free(need: &Need, days: &HalfDays) -> Freedom {
    let one = |(day, half): Slot| match days.at(day, half) {
        Some(state) if state.is_available() => Freedom::Free,
        Some(state) if state.availability == Availability::Unavailable => Freedom::Taken,
        _ => Freedom::Unknown,
    };
    need.slots().into_iter().map(one).max().unwrap_or(Freedom::Unknown)
}

/// The end of the habilitation that covers the mission, or why none does.
pub(super) fn entitled(need: &Need, held: &[Habilitation]) -> (Option<Date>, Vec<String>) {
    let duties = need.duties();
    if duties.is_empty() {
        return (None, Vec::new());
    }
    let (first, last) = need.days();
    let of_duty: Vec<&Habilitation> = held.iter().filter(|found| duties.contains(&found.file.duty)).collect();
    let on_days: Vec<&Habilitation> = of_duty
        .iter()
        .copied()
        .filter(|found| each_day(first, last).all(|day| found.valid_on(day)))
        .collect();
    if on_days.is_empty() {
        return (None, vec![why_none(&duties, &of_duty, first, last)]);
    }
    let certified: Vec<&Habilitation> = on_days
        .into_iter()
        .filter(|found| {
            let only = found.file.certification_id;
            let mut every = need.certification.iter().chain(&need.also);
            only.is_none_or(|only| every.all(|one| *one == only))
        })
        .collect();
    if certified.is_empty() {
        return (None, vec![labels::faults::OTHER_CERTIFICATION.to_owned()]);
    }
    let here =
        certified.into_iter().filter(|found| need.region.is_empty() || covers(&found.file, &need.region));
    match here.max_by_key(|found| found.ends_on()) {
        Some(found) => (found.ends_on(), Vec::new()),
        None => (None, vec![labels::faults::OTHER_REGION.to_owned()]),
    }
}

/// Every day from the first to the last, both included.
fn each_day(first: Date, last: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(first), |day| day.next_day()).take_while(move |day| *day <= last)
}

/// Why none of the duties is held on every day of the mission. When several would do, the one that lasts longest
/// answers for all.
fn why_none(duties: &[Duty], held: &[&Habilitation], first: Date, last: Date) -> String {
    if let [duty] = duties {
        return why_not_on_days(held, *duty, first, last);
    }
    let known = held.iter().copied().filter(|found| !found.rights.is_empty());
    match known.max_by_key(|found| found.ends_on()) {
        Some(longest) => why_not_on_days(&[longest], longest.file.duty, first, last),
        None => labels::refusals::NO_HABILITATION.to_owned(),
    }
}

/// Why no right of the duty holds on every day of the mission: set aside, too short, too late, or none at all.
fn why_not_on_days(of_duty: &[&Habilitation], duty: Duty, first: Date, last: Date) -> String {
    let held: Vec<&rights::Held> = of_duty.iter().flat_map(|found| &found.rights).collect();
    let set_aside =
        |held: &rights::Held| each_day(first, last).any(|day| held.standing_on(day) == OnDay::Suspended);
    if held.iter().copied().any(set_aside) {
        return labels::refusals::suspended(duty);
    }
    let last_day = |held: &rights::Held| held.right.grace_until.or(held.right.ends_on).unwrap_or(Date::MAX);
    let spans: Vec<(Date, Date)> = held.iter().map(|held| (held.right.starts_on, last_day(held))).collect();
    let during = spans.iter().filter(|(start, end)| *start <= last && *end >= first);
    if let Some((start, end)) = during.max_by_key(|(_, end)| *end) {
        return if *end < last {
            labels::refusals::ends_before(duty, *end, last)
        } else {
            labels::refusals::begins_after(duty, *start)
        };
    }
    if let Some(end) = spans.iter().map(|(_, end)| *end).filter(|end| *end < first).max() {
        return labels::refusals::ends_before(duty, end, first);
    }
    let start = spans.iter().map(|(start, _)| *start).filter(|start| *start > last).min();
    start.map_or_else(
        || labels::refusals::no_habilitation(duty),
        |start| labels::refusals::begins_after(duty, start),
    )
}

/// The half-days, or the hours, that another mission already takes.
pub(super) fn taken(need: &Need, others: &[Held]) -> Vec<String> {
    let wanted = need.slots();
    let clash = |other: &Held| {
        let theirs = engagement::taken(*other.starts_at, *other.ends_at, &other.zone);
        if let Some(slot) = wanted.iter().find(|slot| theirs.contains(slot)) {
            let with = Some(Named::Mission(Some(other.number.clone())));
            return Some(words_of_time::clash(&Clash { slot: *slot, with }));
        }
        let overlaps = *other.starts_at < need.dates.ends_at && *other.ends_at > need.dates.starts_at;
        overlaps.then(|| labels::refusals::overlapping(&other.number))
    };
    // The same half-day is less than two days apart between any two zones: zones are asked of the others only.
    let apart = Duration::days(2);
    let near = |other: &&Held| {
        *other.starts_at < need.dates.ends_at + apart && *other.ends_at > need.dates.starts_at - apart
    };
    others.iter().filter(near).filter_map(clash).collect()
}

/// The half-days that the visits of requests already take, each request once.
pub(super) fn visited(need: &Need, visits: &[Clash]) -> Vec<String> {
    let wanted = need.slots();
    let mut known: Vec<&Option<Named>> = Vec::new();
    let mut found = Vec::new();
    for visit in visits.iter().filter(|visit| wanted.contains(&visit.slot)) {
        if !known.contains(&&visit.with) {
            known.push(&visit.with);
            found.push(words_of_time::clash(visit));
        }
    }
    found
}

/// The travels that are too short between this mission and the missions and visits of the same day.
pub(super) fn travels(need: &Need, others: &[Held], visits: &[Visit], rules: &MissionRules) -> Vec<String> {
    let missions = others.iter().filter_map(|other| {
        let dates = (*other.starts_at, *other.ends_at);
        let (gap, needed) = short(need, dates, &other.department, rules)?;
        Some(labels::refusals::short_travel(&other.number, gap, needed))
    });
    let visits = visits.iter().filter_map(|visit| {
        let dates = (visit.at, visit.at + VISIT);
        let (gap, needed) = short(need, dates, &visit.department, rules)?;
        Some(labels::refusals::short_travel_visit(&visit.number, gap, needed))
    });
    missions.chain(visits).collect()
}

/// The time between a mission and another engagement, and what the travel needs, when it is too short.
fn short(
    need: &Need,
    (starts_at, ends_at): (OffsetDateTime, OffsetDateTime),
    department: &str,
    rules: &MissionRules,
) -> Option<(Duration, Duration)> {
    let (before, after) = (need.dates.starts_at - ends_at, starts_at - need.dates.ends_at);
    let gap = before.max(after);
    let needed = rules.travel(department, &need.department)?;
    (gap >= Duration::ZERO && gap < needed).then_some((gap, needed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::missions::input::Dates;
    use entity::mission::MissionObject;
    use time::macros::datetime;

    #[test]
    fn a_visit_too_near_is_told_and_one_that_leaves_time_is_not() {
        let need = Need {
            object: MissionObject::Jury,
            duty: None,
            structure: None,
            certification: None,
            also: Vec::new(),
            region: "27".to_owned(),
            department: "58".to_owned(),
            dates: Dates {
                starts_at: datetime!(2026-03-10 08:00 UTC),
                ends_at: datetime!(2026-03-10 11:00 UTC),
                zone: "Europe/Paris".to_owned(),
            },
            except: None,
        };
        for (at, department, told) in [
            // Half an hour, where one hour is needed within the department.
            (datetime!(2026-03-10 11:30 UTC), "58", true),
            (datetime!(2026-03-10 12:00 UTC), "58", false),
            // Two hours, where the next region is five hours away.
            (datetime!(2026-03-10 13:00 UTC), "62", true),
            // The day before, seven hours of visit included: four hours are left.
            (datetime!(2026-03-09 21:00 UTC), "62", true),
            (datetime!(2026-03-09 19:00 UTC), "62", false),
            // At once is a clash of half-days, which is told as such.
            (datetime!(2026-03-10 09:00 UTC), "62", false),
        ] {
            let visit = Visit {
                number: "AGR-2026-0007".to_owned(),
                at,
                zone: "Europe/Paris".to_owned(),
                department: department.to_owned(),
            };
            let found = travels(&need, &[], &[visit], &MissionRules::default());
            assert_eq!(found.len(), usize::from(told), "{at} {department}: {found:?}");
            assert!(found.iter().all(|said| said.contains("AGR-2026-0007")), "{found:?}");
        }
    }
}
