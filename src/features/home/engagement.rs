//! The engagements of an expert, in the order in which they matter: pure.
//!
//! The next one stands alone, to go to or to answer: what has ended is no longer ahead. Then what waits for an answer, what
//! has ended and waits for its report, and what comes. The page says each thing once: [`untold`] takes from the tasks the
//! visits that it shows as engagements.

use time::OffsetDateTime;

use super::todo::{Kind as TaskKind, Task};

/// What an engagement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mission.
    Mission,
    /// The visit of a request of agreement.
    Visit,
    /// A meeting to which the person is invited.
    Meeting,
}

/// What it waits for from the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Awaited {
    /// To be accepted or declined, before an instant when one is known.
    Answer(Option<OffsetDateTime>),
    /// To take place.
    Day,
    /// To be told done: it has begun.
    End,
    /// Its report.
    Report,
}

/// A mission, a visit or a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// What it is.
    pub kind: Kind,
    /// Number of the mission, of the request or of the meeting.
    pub reference: String,
    /// What it is called; empty for a visit.
    pub title: String,
    /// When it begins.
    pub starts_at: OffsetDateTime,
    /// When it ends.
    pub ends_at: OffsetDateTime,
    /// IANA zone of the place.
    pub zone: String,
    /// Where.
    pub place: String,
    /// With whom: the structure, then the persons to meet.
    pub with: Vec<String>,
    /// What it waits for.
    pub awaited: Awaited,
}

/// The engagements of a person, arranged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arranged {
    /// The first in time of those that have not ended.
    pub next: Option<Engagement>,
    /// The others that wait for an answer, the shortest delay first.
    pub offers: Vec<Engagement>,
    /// Those that have ended and wait for a report, the oldest first.
    pub reports: Vec<Engagement>,
    /// The others that come.
    pub coming: Vec<Engagement>,
}

/// Arranges the engagements of a person at an instant; what is past and waits for nothing is left out.
#[must_use]
pub fn arranged(all: Vec<Engagement>, now: OffsetDateTime) -> Arranged {
    let matters = |one: &Engagement| match one.awaited {
        Awaited::Answer(until) => until.unwrap_or(one.starts_at) > now,
        Awaited::Day => one.ends_at >= now,
        Awaited::End | Awaited::Report => true,
    };
    let ahead = |one: &Engagement| one.ends_at >= now && one.awaited != Awaited::Report;
    let mut kept: Vec<Engagement> = all.into_iter().filter(matters).collect();
    kept.sort_by(|one, other| (one.starts_at, &one.reference).cmp(&(other.starts_at, &other.reference)));
    let next = kept.iter().position(ahead).map(|place| kept.remove(place));
    let mut found = Arranged { next, ..Arranged::default() };
    for one in kept {
        match one.awaited {
            Awaited::Answer(_) => found.offers.push(one),
            Awaited::Day | Awaited::End if ahead(&one) => found.coming.push(one),
            Awaited::Day | Awaited::End | Awaited::Report => found.reports.push(one),
        }
    }
    found.offers.sort_by_key(|one| match one.awaited {
        Awaited::Answer(Some(until)) => until,
        _ => one.starts_at,
    });
    found
}

/// The tasks, without the visits that are told as engagements.
#[must_use]
pub fn untold(tasks: Vec<Task>, told: &[&Engagement]) -> Vec<Task> {
    let is_told = |task: &Task| {
        let same = |one: &&Engagement| one.kind == Kind::Visit && one.reference == task.reference;
        task.kind == TaskKind::Visit && told.iter().any(same)
    };
    tasks.into_iter().filter(|task| !is_told(task)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::{date, datetime};
    use uuid::Uuid;

    const NOW: OffsetDateTime = datetime!(2026-03-10 10:00 UTC);

    fn one(reference: &str, days: i64, awaited: Awaited) -> Engagement {
        let starts_at = NOW + Duration::days(days);
        Engagement {
            kind: Kind::Mission,
            reference: reference.to_owned(),
            title: String::new(),
            starts_at,
            ends_at: starts_at + Duration::hours(7),
            zone: "Europe/Paris".to_owned(),
            place: String::new(),
            with: Vec::new(),
            awaited,
        }
    }

    fn answer(days: i64) -> Awaited {
        Awaited::Answer(Some(NOW + Duration::days(days)))
    }

    fn names(found: &[Engagement]) -> Vec<&str> {
        found.iter().map(|one| one.reference.as_str()).collect()
    }

    #[test]
    fn the_first_in_time_stands_alone_and_the_rest_by_what_it_waits_for() {
        let found = arranged(
            vec![
                one("coming", 9, Awaited::Day),
                one("offer, late", 20, answer(5)),
                one("offer, soon", 30, answer(1)),
                one("next", 2, Awaited::Day),
                one("today", 0, Awaited::End),
                one("report", -3, Awaited::Report),
                one("older report", -9, Awaited::Report),
                one("to end", -2, Awaited::End),
            ],
            NOW,
        );
        assert_eq!(found.next.as_ref().map(|one| one.reference.as_str()), Some("today"));
        assert_eq!(names(&found.reports), ["older report", "report", "to end"]);
        assert_eq!(names(&found.offers), ["offer, soon", "offer, late"]);
        assert_eq!(names(&found.coming), ["next", "coming"]);
    }

    #[test]
    fn what_stands_alone_has_not_ended() {
        for (days, awaited, alone) in [
            (1, Awaited::Day, true),
            (0, Awaited::Day, true),
            (0, Awaited::End, true),
            (5, answer(1), true),
            (0, Awaited::Report, false),
            (-1, Awaited::End, false),
            (-1, Awaited::Report, false),
            (-1, answer(1), false),
        ] {
            let found = arranged(vec![one("one", days, awaited)], NOW);
            assert_eq!(found.next.is_some(), alone, "{days} {awaited:?}");
            assert_eq!(found.reports.len() + found.offers.len(), usize::from(!alone), "{days} {awaited:?}");
        }
        let mut ending = one("one", 0, Awaited::Day);
        ending.ends_at = NOW;
        assert!(arranged(vec![ending.clone()], NOW).next.is_some(), "its last instant");
        assert_eq!(arranged(vec![ending], NOW + Duration::SECOND), Arranged::default());
    }

    #[test]
    fn a_visit_told_as_an_engagement_is_no_task_any_more() {
        let task = |kind, reference: &str| Task {
            reference: reference.to_owned(),
            ..Task::new(kind, Uuid::nil(), date!(2026 - 03 - 12))
        };
        let tasks = || {
            vec![
                task(TaskKind::Visit, "AGR-1"),
                task(TaskKind::Visit, "AGR-2"),
                task(TaskKind::Report, "AGR-1"),
                task(TaskKind::Visit, "MIS-1"),
            ]
        };
        let visit = Engagement { kind: Kind::Visit, ..one("AGR-1", 2, Awaited::Day) };
        let mission = one("MIS-1", 3, Awaited::Day);
        let left = untold(tasks(), &[&visit, &mission]);
        let left: Vec<_> = left.iter().map(|task| (task.kind, task.reference.as_str())).collect();
        assert_eq!(
            left,
            [(TaskKind::Visit, "AGR-2"), (TaskKind::Report, "AGR-1"), (TaskKind::Visit, "MIS-1")]
        );
        assert_eq!(untold(tasks(), &[]), tasks());
    }

    #[test]
    fn what_is_past_and_waits_for_nothing_is_left_out() {
        for (days, awaited, kept) in [
            (-1, Awaited::Day, false),
            (0, Awaited::Day, true),
            (-1, Awaited::End, true),
            (-1, Awaited::Report, true),
            (5, answer(-1), false),
            (5, answer(1), true),
            (5, Awaited::Answer(None), true),
            (-1, Awaited::Answer(None), false),
        ] {
            let found = arranged(vec![one("one", days, awaited)], NOW);
            assert_eq!(found != Arranged::default(), kept, "{days} {awaited:?}");
        }
    }
}
