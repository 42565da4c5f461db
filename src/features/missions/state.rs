//! The life of a mission (domain reference, 3.6), as data. Pure; `docs/states/mission.md` is drawn from it.
//!
//! A mission belongs to one person at a time. When the one it was offered to declines, does not answer or drops
//! out, the same mission, with its number, is offered to the next. The tables of its offers and of its claim are in
//! [`offer`] and [`claim`].

pub mod claim;
pub mod offer;

use entity::mission::MissionState;

use crate::rules::transitions::{Refused, Row, Table, Told};

pub use crate::rules::missions::is_held;

/// What may happen to a mission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The person accepts.
    Accept,
    /// The person declines.
    Decline,
    /// Nobody answered in time.
    Expire,
    /// The certifier takes it back.
    Withdraw,
    /// Offered to someone else.
    Offer,
    /// The person who had accepted cannot come any more.
    DropOut,
    /// Other dates.
    Move,
    /// It begins.
    Start,
    /// It took place.
    Finish,
    /// It was said to have taken place by mistake.
    Reopen,
    /// The report arrived.
    Report,
    /// The person claims the fee and what was spent.
    Claim,
    /// The claim goes back to be corrected.
    ReturnClaim,
    /// Everything is paid, or nothing is to be.
    Settle,
    /// It does not take place.
    Cancel,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 15] = [
        Self::Accept,
        Self::Decline,
        Self::Expire,
        Self::Withdraw,
        Self::Offer,
        Self::DropOut,
        Self::Move,
        Self::Start,
        Self::Finish,
        Self::Reopen,
        Self::Report,
        Self::Claim,
        Self::ReturnClaim,
        Self::Settle,
        Self::Cancel,
    ];
}

/// One line of the table.
pub type Transition = Row<MissionState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<MissionState, Step>;

/// The name and the code of the event that tells a step.
#[must_use]
pub const fn told(step: Step) -> Told {
    match step {
        Step::Accept => ("mission.accepted", "MIS_ACCEPTED"),
        Step::Decline => ("mission.declined", "MIS_DECLINED"),
        Step::Expire => ("mission.expired", "MIS_EXPIRED"),
        Step::Withdraw => ("mission.withdrawn", "MIS_WITHDRAWN"),
        Step::Offer => ("mission.offered", "MIS_OFFERED"),
        Step::DropOut => ("mission.dropped_out", "MIS_DROPPED_OUT"),
        Step::Move => ("mission.moved", "MIS_MOVED"),
        Step::Start => ("mission.started", "MIS_STARTED"),
        Step::Finish => ("mission.done", "MIS_DONE"),
        Step::Reopen => ("mission.reopened", "MIS_REOPENED"),
        Step::Report => ("mission.report_received", "MIS_REPORTED"),
        Step::Claim => ("mission.expenses_claimed", "MIS_CLAIMED"),
        Step::ReturnClaim => ("mission.expenses_returned", "MIS_CLAIM_RETURNED"),
        Step::Settle => ("mission.settled", "MIS_SETTLED"),
        Step::Cancel => ("mission.cancelled", "MIS_CANCELLED"),
    }
}

const fn line(from: MissionState, step: Step, to: MissionState) -> Transition {
    Row::new(from, step, to, told(step))
}

/// The table.
pub const TABLE: Table<MissionState, Step> = {
    use MissionState as S;
    Table(&[
        line(S::Proposed, Step::Accept, S::Accepted),
        line(S::Proposed, Step::Decline, S::Declined),
        line(S::Proposed, Step::Expire, S::Expired),
        line(S::Proposed, Step::Withdraw, S::Withdrawn),
        line(S::Proposed, Step::Move, S::Proposed),
        line(S::Declined, Step::Offer, S::Proposed),
        line(S::Expired, Step::Offer, S::Proposed),
        line(S::Withdrawn, Step::Offer, S::Proposed),
        line(S::Accepted, Step::DropOut, S::Declined),
        line(S::Accepted, Step::Withdraw, S::Withdrawn),
        line(S::Accepted, Step::Move, S::Accepted),
        line(S::Accepted, Step::Start, S::InProgress),
        line(S::InProgress, Step::Finish, S::Done),
        line(S::Done, Step::Reopen, S::Accepted),
        line(S::ReportReceived, Step::Reopen, S::Accepted),
        line(S::ExpensesClaimed, Step::Reopen, S::Accepted),
        line(S::Done, Step::Report, S::ReportReceived),
        line(S::ReportReceived, Step::Claim, S::ExpensesClaimed),
        line(S::ExpensesClaimed, Step::ReturnClaim, S::ReportReceived),
        line(S::ExpensesClaimed, Step::Settle, S::Settled),
        line(S::ReportReceived, Step::Settle, S::Settled),
        line(S::Proposed, Step::Cancel, S::Cancelled),
        line(S::Declined, Step::Cancel, S::Cancelled),
        line(S::Expired, Step::Cancel, S::Cancelled),
        line(S::Withdrawn, Step::Cancel, S::Cancelled),
        line(S::Accepted, Step::Cancel, S::Cancelled),
        line(S::InProgress, Step::Cancel, S::Cancelled),
    ])
};

/// Whether nobody has the mission and somebody should.
#[must_use]
pub const fn is_vacant(state: MissionState) -> bool {
    matches!(state, MissionState::Declined | MissionState::Expired | MissionState::Withdrawn)
}

/// Whether nothing can happen to the mission any more.
#[must_use]
pub const fn is_over(state: MissionState) -> bool {
    matches!(state, MissionState::Settled | MissionState::Cancelled)
}

/// Whether the work is done and reported: what is left is about money.
#[must_use]
pub const fn is_reported(state: MissionState) -> bool {
    use MissionState as S;
    matches!(state, S::ReportReceived | S::ExpensesClaimed | S::Settled)
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
    fn every_state_is_reached_and_every_state_that_is_not_over_is_left() {
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in MissionState::all() {
            assert!(reached.contains(&state), "{state}");
            assert_eq!(TABLE.iter().any(|line| line.from == state), !is_over(state), "{state}");
        }
    }

    #[test]
    fn a_mission_is_offered_again_when_nobody_has_it_and_only_then() {
        for state in MissionState::all() {
            assert_eq!(TABLE.can(state, Step::Offer), is_vacant(state), "{state}");
            assert!(!(is_held(state) && is_vacant(state)), "{state}");
        }
    }

    #[test]
    fn what_took_place_is_not_cancelled() {
        use MissionState as S;
        for state in [S::Done, S::ReportReceived, S::ExpensesClaimed, S::Settled] {
            assert!(!TABLE.can(state, Step::Cancel) && !TABLE.can(state, Step::Withdraw), "{state}");
        }
    }

    #[test]
    fn what_was_said_done_by_mistake_is_accepted_again_until_it_is_settled() {
        use MissionState as S;
        for state in MissionState::all() {
            let said = matches!(state, S::Done | S::ReportReceived | S::ExpensesClaimed);
            assert_eq!(TABLE.next(state, Step::Reopen).ok().map(|line| line.to), said.then_some(S::Accepted));
        }
    }

    #[test]
    fn only_what_was_reported_is_claimed_and_settled() {
        for state in MissionState::all() {
            assert!(
                is_reported(state) || (!TABLE.can(state, Step::Claim) && !TABLE.can(state, Step::Settle)),
                "{state}"
            );
            assert!(!is_reported(state) || is_held(state), "{state}");
        }
    }
}
