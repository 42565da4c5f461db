//! The engagements of an expert, in the order in which they matter: pure.
//!
//! The first in time stands alone, whatever it waits for: an answer, a journey, a report. Then what waits for an answer,
//! what waits for a report, and what comes.

use time::OffsetDateTime;

/// What an engagement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A mission.
    Mission,
    /// The visit of a request of agreement.
    Visit,
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

/// A mission or a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Engagement {
    /// What it is.
    pub kind: Kind,
    /// Number of the mission or of the request.
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
    /// The first in time.
    pub next: Option<Engagement>,
    /// The others that wait for an answer, the shortest delay first.
    pub offers: Vec<Engagement>,
    /// The others that wait for a report, the oldest first.
    pub reports: Vec<Engagement>,
    /// The others that come.
    pub coming: Vec<Engagement>,
}

/// Arranges the engagements of a person at an instant; what is past and waits for nothing is left out.
#[must_use]
pub fn arranged(all: Vec<Engagement>, now: OffsetDateTime) -> Arranged {
    let matters = |one: &Engagement| match one.awaited {
        Awaited::Answer(until) => until.unwrap_or(one.starts_at) > now,
        Awaited::Day => one.ends_at > now,
        Awaited::End | Awaited::Report => true,
    };
    let mut kept: Vec<Engagement> = all.into_iter().filter(matters).collect();
    kept.sort_by(|one, other| (one.starts_at, &one.reference).cmp(&(other.starts_at, &other.reference)));
    let mut kept = kept.into_iter();
    let mut found = Arranged { next: kept.next(), ..Arranged::default() };
    for one in kept {
        match one.awaited {
            Awaited::Answer(_) => found.offers.push(one),
            Awaited::Report => found.reports.push(one),
            Awaited::Day | Awaited::End => found.coming.push(one),
        }
    }
    found.offers.sort_by_key(|one| match one.awaited {
        Awaited::Answer(Some(until)) => until,
        _ => one.starts_at,
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;
    use time::macros::datetime;

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
            ],
            NOW,
        );
        assert_eq!(found.next.as_ref().map(|one| one.reference.as_str()), Some("older report"));
        assert_eq!(names(&found.reports), ["report"]);
        assert_eq!(names(&found.offers), ["offer, soon", "offer, late"]);
        assert_eq!(names(&found.coming), ["today", "next", "coming"]);
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
            assert_eq!(found.next.is_some(), kept, "{days} {awaited:?}");
        }
    }
}
