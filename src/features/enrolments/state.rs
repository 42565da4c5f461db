//! The life of an enrolment (domain reference, 4.3), as data. Pure; `docs/states/enrolment.md` is drawn from it.
//!
//! A seat is held, waited for or offered; the contract or the convention is signed; the withdrawal period ends; the person
//! comes, and ends. Each end before that has its state, and a way back by [`Step::Hold`] or [`Step::Queue`].

use entity::enrolment::EnrolmentState;

/// What may happen to an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A seat is held.
    Hold,
    /// The session is full: a place in the waiting list.
    Queue,
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
    /// The person or the employer cancels.
    CancelByClient,
    /// The certifier cancels.
    CancelByProvider,
    /// The session is moved.
    Postpone,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 17] = [
        Self::Hold,
        Self::Queue,
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
        Self::CancelByClient,
        Self::CancelByProvider,
        Self::Postpone,
    ];
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// State before.
    pub from: EnrolmentState,
    /// What happens.
    pub step: Step,
    /// State after.
    pub to: EnrolmentState,
    /// Name of the event in the journal.
    pub name: &'static str,
    /// Code of the event.
    pub code: &'static str,
}

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from}")]
pub struct InvalidStep {
    /// The state.
    pub from: EnrolmentState,
    /// What was asked.
    pub step: Step,
}

/// How an enrolment may begin: a request that the team looks at, a seat, or a place in the waiting list. Each with the
/// name and the code of its event.
pub const BEGINS: [(EnrolmentState, &str, &str); 3] = [
    (EnrolmentState::Requested, "enrolment.requested", "INS_REQUESTED"),
    (EnrolmentState::Held, "enrolment.held", "INS_HELD"),
    (EnrolmentState::Waitlisted, "enrolment.waitlisted", "INS_WAITLISTED"),
];

const fn line(from: EnrolmentState, step: Step, to: EnrolmentState) -> Transition {
    let (name, code) = match step {
        Step::Hold => ("enrolment.held", "INS_HELD"),
        Step::Queue => ("enrolment.waitlisted", "INS_WAITLISTED"),
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
        Step::CancelByClient => ("enrolment.cancelled_by_client", "INS_CANCELLED_CLIENT"),
        Step::CancelByProvider => ("enrolment.cancelled_by_provider", "INS_CANCELLED_PROVIDER"),
        Step::Postpone => ("enrolment.postponed", "INS_POSTPONED"),
    };
    Transition { from, step, to, name, code }
}

/// The table.
pub const TABLE: &[Transition] = {
    use EnrolmentState as E;
    &[
        line(E::Requested, Step::Hold, E::Held),
        line(E::Requested, Step::Queue, E::Waitlisted),
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
    ]
};

/// The line of the table for a step from a state.
///
/// # Errors
/// [`InvalidStep`] when the table has none.
pub fn next(from: EnrolmentState, step: Step) -> Result<&'static Transition, InvalidStep> {
    TABLE.iter().find(|line| line.from == from && line.step == step).ok_or(InvalidStep { from, step })
}

/// Whether a step is possible from a state.
#[must_use]
pub fn can(from: EnrolmentState, step: Step) -> bool {
    next(from, step).is_ok()
}

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
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        assert!(TABLE.iter().all(|line| line.from != line.to));
    }

    #[test]
    fn every_state_is_reached_and_has_a_way_back() {
        let begins = BEGINS.iter().map(|(state, _, _)| *state);
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).chain(begins).collect();
        for state in EnrolmentState::all() {
            assert!(reached.contains(&state), "{state}");
            assert!(TABLE.iter().any(|line| line.from == state), "{state}");
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
            Step::CancelByClient,
            Step::CancelByProvider,
            Step::Postpone,
        ];
        for line in TABLE {
            let (before, after) = (takes_seat(line.from), takes_seat(line.to));
            assert_eq!(!before && after, taken.contains(&line.step), "{line:?}");
            assert!(!(before && !after) || given.contains(&line.step), "{line:?}");
        }
    }

    #[test]
    fn whoever_was_there_is_not_cancelled_by_the_client() {
        for state in EnrolmentState::all() {
            assert!(!has_begun(state) || !can(state, Step::CancelByClient), "{state}");
            assert!(is_live(state) || !takes_seat(state), "{state}");
            assert_eq!(
                is_live(state),
                !can(state, Step::Queue) || state == EnrolmentState::Requested,
                "{state}"
            );
        }
    }

    #[test]
    fn nobody_is_confirmed_without_a_contract() {
        for line in TABLE.iter().filter(|line| line.to == EnrolmentState::Confirmed) {
            assert_eq!(line.from, EnrolmentState::Contracted);
        }
        assert_eq!(EnrolmentState::all().filter(|state| may_be_summoned(*state)).count(), 1);
    }
}
