//! The life of an enrolment (domain reference, 4.3), as data. Pure; `docs/states/enrolment.md` is drawn from it.
//!
//! A seat is held, waited for or offered; the contract or the convention is signed; the withdrawal period ends; the person
//! comes, and ends. Each end before that has its state, and a way back by [`Step::Hold`] or [`Step::Queue`].

use entity::enrolment::EnrolmentState;

use crate::rules::transitions::{Refused, Row, Table};

/// What may happen to an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Somebody asks, and the team looks at it first.
    Ask,
    /// A seat is held.
    Hold,
    /// The session is full: a place in the waiting list.
    Queue,
    /// The team says no to a request.
    Refuse,
    /// A seat is offered for a time to the first who waits.
    Offer,
    /// They take it.
    Accept,
    /// They do not.
    Decline,
    /// The certifier takes the offer back: the person waits again, first.
    Recall,
    /// Nothing came in time: the seat goes to the next.
    Expire,
    /// The contract or the convention is signed.
    Contract,
    /// The withdrawal period has ended, or the convention is signed.
    Confirm,
    /// The person was there on a half-day.
    MarkPresent,
    /// They were not on any.
    MarkAbsent,
    /// The session has ended and they were there.
    Complete,
    /// They gave up on the way.
    DropOut,
    /// They came back, or what was said of it was a mistake.
    Return,
    /// Somebody else of the same employer takes the seat.
    Replace,
    /// The person goes to another session.
    Move,
    /// The person or the employer cancels.
    CancelByClient,
    /// The certifier cancels.
    CancelByProvider,
    /// The session is moved.
    Postpone,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 21] = [
        Self::Ask,
        Self::Hold,
        Self::Queue,
        Self::Refuse,
        Self::Offer,
        Self::Accept,
        Self::Decline,
        Self::Recall,
        Self::Expire,
        Self::Contract,
        Self::Confirm,
        Self::MarkPresent,
        Self::MarkAbsent,
        Self::Complete,
        Self::DropOut,
        Self::Return,
        Self::Replace,
        Self::Move,
        Self::CancelByClient,
        Self::CancelByProvider,
        Self::Postpone,
    ];
}

/// One row of the table.
pub type Transition = Row<Option<EnrolmentState>, Step, EnrolmentState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<EnrolmentState>, Step>;

const fn row(from: Option<EnrolmentState>, step: Step, to: EnrolmentState) -> Transition {
    let told = match step {
        Step::Ask => ("enrolment.requested", "INS_REQUESTED"),
        Step::Hold => ("enrolment.held", "INS_HELD"),
        Step::Queue => ("enrolment.waitlisted", "INS_WAITLISTED"),
        Step::Refuse => ("enrolment.refused", "INS_REFUSED"),
        Step::Offer => ("enrolment.offered", "INS_OFFERED"),
        Step::Accept => ("enrolment.offer_accepted", "INS_OFFER_ACCEPTED"),
        Step::Decline => ("enrolment.offer_declined", "INS_OFFER_DECLINED"),
        Step::Recall => ("enrolment.offer_recalled", "INS_OFFER_RECALLED"),
        Step::Expire => ("enrolment.expired", "INS_EXPIRED"),
        Step::Contract => ("enrolment.contracted", "INS_CONTRACTED"),
        Step::Confirm => ("enrolment.confirmed", "INS_CONFIRMED"),
        Step::MarkPresent => ("enrolment.present", "INS_PRESENT"),
        Step::MarkAbsent => ("enrolment.absent", "INS_ABSENT"),
        Step::Complete => ("enrolment.completed", "INS_COMPLETED"),
        Step::DropOut => ("enrolment.dropped_out", "INS_DROPPED_OUT"),
        Step::Return => ("enrolment.returned", "INS_RETURNED"),
        Step::Replace => ("enrolment.replaced", "INS_REPLACED"),
        Step::Move => ("enrolment.moved", "INS_MOVED"),
        Step::CancelByClient => ("enrolment.cancelled_by_client", "INS_CANCELLED_CLIENT"),
        Step::CancelByProvider => ("enrolment.cancelled_by_provider", "INS_CANCELLED_PROVIDER"),
        Step::Postpone => ("enrolment.postponed", "INS_POSTPONED"),
    };
    Row::new(from, step, to, told)
}

const fn begin(step: Step, to: EnrolmentState) -> Transition {
    row(None, step, to)
}

const fn line(from: EnrolmentState, step: Step, to: EnrolmentState) -> Transition {
    row(Some(from), step, to)
}

/// The table. A request that the team looks at, a seat or a place in the waiting list: an enrolment begins by one of them.
pub const TABLE: Table<Option<EnrolmentState>, Step, EnrolmentState> = {
    use EnrolmentState as E;
    Table(&[
        begin(Step::Ask, E::Requested),
        begin(Step::Hold, E::Held),
        begin(Step::Queue, E::Waitlisted),
        line(E::Requested, Step::Hold, E::Held),
        line(E::Requested, Step::Queue, E::Waitlisted),
        line(E::Requested, Step::Refuse, E::CancelledByProvider),
        line(E::Waitlisted, Step::Offer, E::Offered),
        line(E::Waitlisted, Step::Hold, E::Held),
        line(E::Offered, Step::Accept, E::Held),
        line(E::Offered, Step::Decline, E::CancelledByClient),
        line(E::Offered, Step::Recall, E::Waitlisted),
        line(E::Offered, Step::Expire, E::Expired),
        line(E::Held, Step::Expire, E::Expired),
        line(E::Held, Step::Contract, E::Contracted),
        line(E::Contracted, Step::Confirm, E::Confirmed),
        line(E::Confirmed, Step::MarkPresent, E::Present),
        line(E::Confirmed, Step::MarkAbsent, E::Absent),
        line(E::Absent, Step::MarkPresent, E::Present),
        line(E::Present, Step::MarkAbsent, E::Absent),
        line(E::Present, Step::Complete, E::Completed),
        line(E::Completed, Step::Return, E::Present),
        line(E::Present, Step::DropOut, E::DroppedOut),
        line(E::Absent, Step::DropOut, E::DroppedOut),
        line(E::DroppedOut, Step::Return, E::Present),
        line(E::Held, Step::Replace, E::CancelledByClient),
        line(E::Contracted, Step::Replace, E::CancelledByClient),
        line(E::Confirmed, Step::Replace, E::CancelledByClient),
        line(E::Requested, Step::Move, E::Postponed),
        line(E::Waitlisted, Step::Move, E::Postponed),
        line(E::Held, Step::Move, E::Postponed),
        line(E::Contracted, Step::Move, E::Postponed),
        line(E::Confirmed, Step::Move, E::Postponed),
        line(E::Requested, Step::CancelByClient, E::CancelledByClient),
        line(E::Waitlisted, Step::CancelByClient, E::CancelledByClient),
        line(E::Held, Step::CancelByClient, E::CancelledByClient),
        line(E::Contracted, Step::CancelByClient, E::CancelledByClient),
        line(E::Confirmed, Step::CancelByClient, E::CancelledByClient),
        line(E::Requested, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Waitlisted, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Offered, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Held, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Contracted, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Confirmed, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Present, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Absent, Step::CancelByProvider, E::CancelledByProvider),
        line(E::Requested, Step::Postpone, E::Postponed),
        line(E::Waitlisted, Step::Postpone, E::Postponed),
        line(E::Offered, Step::Postpone, E::Postponed),
        line(E::Held, Step::Postpone, E::Postponed),
        line(E::Contracted, Step::Postpone, E::Postponed),
        line(E::Confirmed, Step::Postpone, E::Postponed),
        line(E::Expired, Step::Hold, E::Held),
        line(E::Expired, Step::Queue, E::Waitlisted),
        line(E::CancelledByClient, Step::Hold, E::Held),
        line(E::CancelledByClient, Step::Queue, E::Waitlisted),
        line(E::CancelledByProvider, Step::Hold, E::Held),
        line(E::CancelledByProvider, Step::Queue, E::Waitlisted),
        line(E::Postponed, Step::Hold, E::Held),
        line(E::Postponed, Step::Queue, E::Waitlisted),
        line(E::Postponed, Step::CancelByClient, E::CancelledByClient),
        line(E::Postponed, Step::CancelByProvider, E::CancelledByProvider),
    ])
};

/// Whether a seat of the session is taken: the tally counts it.
#[must_use]
pub const fn takes_seat(state: EnrolmentState) -> bool {
    use EnrolmentState as E;
    matches!(
        state,
        E::Offered
            | E::Held
            | E::Contracted
            | E::Confirmed
            | E::Present
            | E::Absent
            | E::Completed
            | E::DroppedOut
    )
}

/// Whether it stands: the same person is not enrolled a second time (`enrolment_person_once`).
#[must_use]
pub const fn is_live(state: EnrolmentState) -> bool {
    takes_seat(state) || matches!(state, EnrolmentState::Requested | EnrolmentState::Waitlisted)
}

/// Whether the training was followed, or is, by this person.
#[must_use]
pub const fn has_begun(state: EnrolmentState) -> bool {
    use EnrolmentState as E;
    matches!(state, E::Present | E::Absent | E::Completed | E::DroppedOut)
}

/// Whether a contract or a convention binds the buyer, before the training.
#[must_use]
pub const fn is_bound(state: EnrolmentState) -> bool {
    matches!(state, EnrolmentState::Contracted | EnrolmentState::Confirmed)
}

/// Whether the person may be called.
#[must_use]
pub const fn may_be_summoned(state: EnrolmentState) -> bool {
    matches!(state, EnrolmentState::Confirmed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome() {
        assert!(TABLE.has_one_outcome());
        assert!(TABLE.iter().all(|line| line.from != Some(line.to)));
    }

    #[test]
    fn every_state_is_reached_and_has_a_way_back() {
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in EnrolmentState::all() {
            assert!(reached.contains(&state), "{state}");
            assert!(TABLE.steps(state).next().is_some(), "{state}");
        }
        for step in Step::ALL {
            assert!(TABLE.iter().any(|line| line.step == step), "{step:?}");
        }
    }

    #[test]
    fn a_seat_is_taken_and_given_back_by_known_steps() {
        let taken = [Step::Hold, Step::Offer];
        let given = [
            Step::Decline,
            Step::Recall,
            Step::Expire,
            Step::Replace,
            Step::Move,
            Step::CancelByClient,
            Step::CancelByProvider,
            Step::Postpone,
        ];
        for line in TABLE.iter() {
            let (before, after) = (line.from.is_some_and(takes_seat), takes_seat(line.to));
            assert_eq!(!before && after, taken.contains(&line.step), "{line:?}");
            assert!(!before || after || given.contains(&line.step), "{line:?}");
        }
    }

    #[test]
    fn whoever_was_there_is_not_cancelled_by_the_client() {
        for state in EnrolmentState::all() {
            assert!(!has_begun(state) || !TABLE.can(state, Step::CancelByClient), "{state}");
            assert!(is_live(state) || !takes_seat(state), "{state}");
            assert_eq!(
                is_live(state),
                !TABLE.can(state, Step::Queue) || state == EnrolmentState::Requested,
                "{state}"
            );
        }
    }

    #[test]
    fn nobody_is_confirmed_without_a_contract() {
        for line in TABLE.iter().filter(|line| line.to == EnrolmentState::Confirmed) {
            assert_eq!(line.from, Some(EnrolmentState::Contracted));
        }
        assert_eq!(EnrolmentState::all().filter(|state| may_be_summoned(*state)).count(), 1);
    }

    #[test]
    fn whoever_is_bound_may_owe_something_and_nobody_else() {
        use EnrolmentState as E;
        for state in EnrolmentState::all() {
            assert_eq!(is_bound(state), matches!(state, E::Contracted | E::Confirmed), "{state}");
            assert!(!is_bound(state) || takes_seat(state), "{state}");
        }
    }
}
