//! The life of a training session (domain reference, 4.3), as data. Pure; `docs/states/training-session.md` is drawn from
//! it.
//!
//! Full is no state: it is what the tally of seats says beside an open or a confirmed session. What each step asks is
//! told by [`lacking`], everything at once; who may is in the policy.

use entity::training_session::SessionState;

use crate::rules::transitions::{Refused, Row, Table, Told};

/// What may happen to a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// People may enrol.
    Open,
    /// Nobody may any more, and nobody has: it is a project again.
    Withdraw,
    /// It will be held: enough people, somebody who teaches, a place.
    Confirm,
    /// It may not be held after all: people are told that it waits.
    Unconfirm,
    /// Its first half-day begins.
    Start,
    /// Its last half-day has ended.
    Finish,
    /// Every proof is there.
    Close,
    /// A proof is to be corrected.
    Reopen,
    /// It is not held at its dates; those who were enrolled wait for others.
    Postpone,
    /// Other dates were found.
    Reschedule,
    /// It is not held.
    Cancel,
    /// It was cancelled by mistake: a project again, whose people are asked anew.
    Restore,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 12] = [
        Self::Open,
        Self::Withdraw,
        Self::Confirm,
        Self::Unconfirm,
        Self::Start,
        Self::Finish,
        Self::Close,
        Self::Reopen,
        Self::Postpone,
        Self::Reschedule,
        Self::Cancel,
        Self::Restore,
    ];
}

/// One line of the table.
pub type Transition = Row<SessionState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<SessionState, Step>;

/// The beginning: state, name and code of the event.
pub const BEGINS: (SessionState, &str, &str) =
    (SessionState::Project, "training_session.created", "SES_CREATED");

const fn told(step: Step) -> Told {
    match step {
        Step::Open => ("training_session.opened", "SES_OPENED"),
        Step::Withdraw => ("training_session.withdrawn", "SES_WITHDRAWN"),
        Step::Confirm => ("training_session.confirmed", "SES_CONFIRMED"),
        Step::Unconfirm => ("training_session.unconfirmed", "SES_UNCONFIRMED"),
        Step::Start => ("training_session.started", "SES_STARTED"),
        Step::Finish => ("training_session.ended", "SES_ENDED"),
        Step::Close => ("training_session.closed", "SES_CLOSED"),
        Step::Reopen => ("training_session.reopened", "SES_REOPENED"),
        Step::Postpone => ("training_session.postponed", "SES_POSTPONED"),
        Step::Reschedule => ("training_session.rescheduled", "SES_RESCHEDULED"),
        Step::Cancel => ("training_session.cancelled", "SES_CANCELLED"),
        Step::Restore => ("training_session.restored", "SES_RESTORED"),
    }
}

const fn line(from: SessionState, step: Step, to: SessionState) -> Transition {
    Row::new(from, step, to, told(step))
}

/// The table.
pub const TABLE: Table<SessionState, Step> = {
    use SessionState as S;
    Table(&[
        line(S::Project, Step::Open, S::Open),
        line(S::Project, Step::Confirm, S::Confirmed),
        line(S::Open, Step::Withdraw, S::Project),
        line(S::Open, Step::Confirm, S::Confirmed),
        line(S::Confirmed, Step::Unconfirm, S::Open),
        line(S::Confirmed, Step::Start, S::InProgress),
        line(S::InProgress, Step::Finish, S::Ended),
        line(S::Ended, Step::Close, S::Closed),
        line(S::Closed, Step::Reopen, S::Ended),
        line(S::Open, Step::Postpone, S::Postponed),
        line(S::Confirmed, Step::Postpone, S::Postponed),
        line(S::Postponed, Step::Reschedule, S::Open),
        line(S::Project, Step::Cancel, S::Cancelled),
        line(S::Open, Step::Cancel, S::Cancelled),
        line(S::Confirmed, Step::Cancel, S::Cancelled),
        line(S::InProgress, Step::Cancel, S::Cancelled),
        line(S::Postponed, Step::Cancel, S::Cancelled),
        line(S::Cancelled, Step::Restore, S::Project),
    ])
};

/// Whether people may enrol, or wait, as long as its last day to enrol has not passed.
#[must_use]
pub const fn takes_people(state: SessionState) -> bool {
    matches!(state, SessionState::Open | SessionState::Confirmed)
}

/// Whether its dates, its place and what it says may still change.
#[must_use]
pub const fn may_change(state: SessionState) -> bool {
    matches!(
        state,
        SessionState::Project | SessionState::Open | SessionState::Confirmed | SessionState::Postponed
    )
}

/// Whether its half-days, its rooms and who teaches may still change: who replaces somebody is known on the day too.
#[must_use]
pub const fn may_be_taught_by_others(state: SessionState) -> bool {
    matches!(
        state,
        SessionState::Project | SessionState::Open | SessionState::Confirmed | SessionState::InProgress
    )
}

/// Whether its rooms and the half-days of its trainers are taken.
#[must_use]
pub const fn holds_places(state: SessionState) -> bool {
    !matches!(state, SessionState::Postponed | SessionState::Cancelled)
}

/// Whether it was held, or is.
#[must_use]
pub const fn has_begun(state: SessionState) -> bool {
    matches!(state, SessionState::InProgress | SessionState::Ended | SessionState::Closed)
}

/// Whether nothing waits for the team any more.
#[must_use]
pub const fn is_over(state: SessionState) -> bool {
    matches!(state, SessionState::Closed | SessionState::Cancelled)
}

/// What is known of a session when a step is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Half-days that have a date.
    pub slots: u32,
    /// Half-days where nobody teaches.
    pub without_trainer: u32,
    /// Trainers who do not hold on the day the right that the programme asks for.
    pub without_right: u32,
    /// Half-days on site that have no room.
    pub without_room: u32,
    /// People whose seat is confirmed.
    pub confirmed: u32,
    /// People needed.
    pub needed: u32,
    /// People who have or wait for a seat.
    pub people: u32,
    /// Presences that nobody recorded, or that no trainer countersigned.
    pub unknown_presences: u32,
    /// Papers that lack a signatory, and certificates of completion that were not issued.
    pub unsigned_papers: u32,
    /// A written sub-contract lacks, when the session is entrusted.
    pub unsigned_subcontract: u32,
}

/// Something that a step waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lack {
    /// No half-day has a date.
    Dates,
    /// Nobody teaches on some half-days.
    Trainers,
    /// A trainer holds no right on the day.
    Rights,
    /// Some half-days have no room.
    Rooms,
    /// Fewer people than needed.
    People,
    /// Somebody is enrolled.
    Nobody,
    /// Presences are not known.
    Presences,
    /// Papers are not signed.
    Papers,
    /// The sub-contract is not signed.
    Subcontract,
}

/// Everything that a step waits for; nothing when it may be done.
#[must_use]
pub fn lacking(step: Step, known: &Known) -> Vec<Lack> {
    let checks: Vec<(bool, Lack)> = match step {
        Step::Open | Step::Reschedule => vec![(known.slots == 0, Lack::Dates)],
        Step::Withdraw => vec![(known.people > 0, Lack::Nobody)],
        Step::Confirm => vec![
            (known.slots == 0, Lack::Dates),
            (known.without_trainer > 0, Lack::Trainers),
            (known.without_right > 0, Lack::Rights),
            (known.without_room > 0, Lack::Rooms),
            (known.confirmed < known.needed, Lack::People),
            (known.unsigned_subcontract > 0, Lack::Subcontract),
        ],
        Step::Close => {
            vec![(known.unknown_presences > 0, Lack::Presences), (known.unsigned_papers > 0, Lack::Papers)]
        }
        Step::Unconfirm
        | Step::Start
        | Step::Finish
        | Step::Reopen
        | Step::Postpone
        | Step::Cancel
        | Step::Restore => vec![],
    };
    checks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, lack)| lack).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome() {
        assert!(TABLE.has_one_outcome());
    }

    #[test]
    fn every_state_is_reached_and_has_a_way_back() {
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in SessionState::all() {
            assert!(reached.contains(&state), "{state}");
            assert!(TABLE.iter().any(|line| line.from == state), "{state}");
        }
        for step in Step::ALL {
            assert!(TABLE.iter().any(|line| line.step == step), "{step:?}");
        }
    }

    #[test]
    fn what_was_held_is_not_cancelled_or_moved() {
        for state in [SessionState::Ended, SessionState::Closed] {
            assert!(
                has_begun(state) && !TABLE.can(state, Step::Cancel) && !TABLE.can(state, Step::Postpone),
                "{state}"
            );
        }
        for state in SessionState::all() {
            assert!(!takes_people(state) || (!has_begun(state) && holds_places(state)), "{state}");
            assert!(!is_over(state) || !TABLE.can(state, Step::Cancel), "{state}");
        }
    }

    #[test]
    fn everything_that_lacks_is_told_at_once() {
        let empty =
            Known { without_trainer: 2, without_right: 1, without_room: 2, needed: 4, ..Known::default() };
        let confirm = [Lack::Dates, Lack::Trainers, Lack::Rights, Lack::Rooms, Lack::People];
        let cases: [(Step, Known, &[Lack]); 6] = [
            (Step::Open, empty, &[Lack::Dates]),
            (Step::Confirm, empty, &confirm),
            (Step::Confirm, Known { slots: 2, confirmed: 4, needed: 4, ..Known::default() }, &[]),
            (Step::Withdraw, Known { people: 1, ..Known::default() }, &[Lack::Nobody]),
            (
                Step::Close,
                Known { unknown_presences: 1, unsigned_papers: 3, ..Known::default() },
                &[Lack::Presences, Lack::Papers],
            ),
            (Step::Cancel, empty, &[]),
        ];
        for (step, known, expected) in cases {
            assert_eq!(lacking(step, &known), expected, "{step:?}");
        }
    }
}
