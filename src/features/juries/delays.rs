//! The delays of the referential that a session does not keep (domain reference, 1.7): told to the team, never refused. Pure.

use entity::jury_member::Seat;
use entity::jury_session::{self, JuryState};
use time::{Date, OffsetDateTime};

use super::deadlines;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::jury::quorum::votes;
use crate::rules::referential::JuryRules;

/// What was to be done some days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    /// Somebody asked to preside.
    President,
    /// The members asked to sit.
    Members,
    /// The candidates called.
    Candidates,
}

/// A delay that is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// Of what.
    pub delay: Delay,
    /// Calendar days before the jury.
    pub days: i32,
    /// The last day on which it was kept.
    pub due: Date,
}

/// The delays that a session does not keep, until it is held: `asked` tells the seats and when each was given, `lacks` whether
/// members lack beside whoever presides.
#[must_use]
pub fn late(
    session: &jury_session::Model,
    rules: &JuryRules,
    (asked, lacks): (&[(Seat, OffsetDateTime)], bool),
    today: Date,
) -> Vec<Late> {
    let ahead = matches!(session.state, JuryState::Planned | JuryState::Confirmed | JuryState::Summoned);
    let Some(day) = deadlines::day(session).filter(|_| ahead) else { return Vec::new() };
    let on = |at: OffsetDateTime| day_in_zone(at, &session.zone);
    let president = asked.iter().find(|(seat, _)| *seat == Seat::President).map(|(_, at)| on(*at));
    let members = asked.iter().filter(|(seat, _)| *seat != Seat::President && votes(*seat));
    let last = members.map(|(_, at)| on(*at)).max().filter(|_| !lacks);
    let called = session.summoned_at.map(|at| on(*at));
    [
        (Delay::President, rules.president_days, president),
        (Delay::Members, rules.members_days, last),
        (Delay::Candidates, rules.candidates_days, called),
    ]
    .into_iter()
    .filter_map(|(delay, days, done)| {
        let due = add_days(day, -days);
        (done.unwrap_or(today) > due).then_some(Late { delay, days, due })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::super::deadlines::tests::session;
    use super::*;
    use time::macros::{date, datetime};

    static ASKED: [(Seat, OffsetDateTime); 3] = [
        (Seat::President, datetime!(2026-03-10 12:00 UTC)),
        (Seat::Employers, datetime!(2026-03-20 12:00 UTC)),
        (Seat::Employees, datetime!(2026-03-25 12:00 UTC)),
    ];

    #[test]
    fn a_delay_is_kept_by_what_was_done_in_time() {
        use JuryState as S;
        let rules = JuryRules::default();
        let (soon, end) = (date!(2026 - 03 - 12), date!(2026 - 04 - 02));
        for (state, asked, lacks, today, expected) in [
            (S::Requested, &ASKED[..0], true, end, vec![]),
            (S::Planned, &ASKED[..0], true, soon, vec![]),
            (S::Planned, &ASKED[..1], true, date!(2026 - 03 - 25), vec![Delay::Members]),
            (S::Planned, &ASKED[..2], false, soon, vec![]),
            (S::Planned, &ASKED[..], false, soon, vec![Delay::Members]),
            (S::Planned, &ASKED[..0], true, end, vec![Delay::President, Delay::Members, Delay::Candidates]),
            (S::Confirmed, &ASKED[..2], false, end, vec![Delay::Candidates]),
            (S::Open, &ASKED[..0], true, end, vec![]),
        ] {
            let found = late(&session(state), &rules, (asked, lacks), today);
            let found: Vec<Delay> = found.into_iter().map(|one| one.delay).collect();
            assert_eq!(found, expected, "{state} {today}");
        }
        let called = datetime!(2026-03-29 12:00 UTC);
        let summoned =
            jury_session::Model { summoned_at: Some(called.into()), ..session(JuryState::Summoned) };
        assert!(late(&summoned, &rules, (&ASKED[..2], false), end).is_empty());
    }
}
