//! The life of a dated right, as data. Pure; `docs/states/dated-right.md` is drawn from it.
//!
//! A right moves inside the act of whoever gives it, whose event tells it. Only what is recorded by hand, and what time
//! does, has an event of its own. Whether a right holds on a day is told by its days ([`crate::rules::right`]), not by
//! its state.

use entity::dated_right::RightState;

/// What may happen to a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// It is given for days that no other has.
    Hold,
    /// It waits beside those in force whose place it will take.
    AwaitTurn,
    /// What it waited for is there.
    Start,
    /// Another takes its place: it ends on the eve.
    MakeRoom,
    /// It ends before its term.
    End,
    /// It gets an earlier last day, of which people are told in its time.
    Shorten,
    /// It gets a later last day, or none.
    Prolong,
    /// It still holds after its end, a renewal being examined.
    Grace,
    /// It is set aside.
    Suspend,
    /// Its last day is behind.
    Close,
    /// It is taken back as if it had never been, or would not have begun.
    TakeBack,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// State before; none for what begins.
    pub from: Option<RightState>,
    /// What happens.
    pub step: Step,
    /// State after.
    pub to: RightState,
    /// Name and code of its own event in the journal, when it has one.
    pub event: Option<(&'static str, &'static str)>,
}

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from}")]
pub struct InvalidStep {
    /// The state.
    pub from: RightState,
    /// What was asked.
    pub step: Step,
}

const fn line(from: Option<RightState>, step: Step, to: RightState) -> Transition {
    let event = match (from, step) {
        (Some(RightState::Void), _) | (Some(RightState::Pending), Step::Close) => None,
        (_, Step::Hold) => Some(("right.recorded", "RIGHT_RECORDED")),
        (_, Step::Shorten) => Some(("right.cut_short", "RIGHT_CUT_SHORT")),
        (_, Step::Close) => Some(("right.ended", "RIGHT_ENDED")),
        (_, Step::TakeBack) => Some(("right.taken_back", "RIGHT_TAKEN_BACK")),
        _ => None,
    };
    Transition { from, step, to, event }
}

/// The table. Taking back what never counted changes nothing.
pub const TABLE: &[Transition] = {
    use RightState as S;
    &[
        line(None, Step::Hold, S::InForce),
        line(None, Step::AwaitTurn, S::Pending),
        line(Some(S::Pending), Step::Start, S::InForce),
        line(Some(S::InForce), Step::MakeRoom, S::InForce),
        line(Some(S::Ended), Step::MakeRoom, S::Ended),
        line(Some(S::Pending), Step::End, S::Ended),
        line(Some(S::InForce), Step::End, S::Ended),
        line(Some(S::Ended), Step::End, S::Ended),
        line(Some(S::InForce), Step::Shorten, S::InForce),
        line(Some(S::Ended), Step::Shorten, S::Ended),
        line(Some(S::Pending), Step::Prolong, S::Pending),
        line(Some(S::InForce), Step::Prolong, S::InForce),
        line(Some(S::Ended), Step::Prolong, S::InForce),
        line(Some(S::InForce), Step::Grace, S::InForce),
        line(Some(S::InForce), Step::Suspend, S::InForce),
        line(Some(S::InForce), Step::Close, S::Ended),
        line(Some(S::Pending), Step::Close, S::Void),
        line(Some(S::Pending), Step::TakeBack, S::Void),
        line(Some(S::InForce), Step::TakeBack, S::Void),
        line(Some(S::Ended), Step::TakeBack, S::Void),
        line(Some(S::Void), Step::TakeBack, S::Void),
    ]
};

/// The state in which a right begins.
#[must_use]
pub const fn first(pending: bool) -> RightState {
    if pending { RightState::Pending } else { RightState::InForce }
}

/// The state after a step.
///
/// # Errors
/// [`InvalidStep`] when the table has none.
pub fn next(from: RightState, step: Step) -> Result<RightState, InvalidStep> {
    let line = TABLE.iter().find(|line| line.from == Some(from) && line.step == step);
    line.map(|line| line.to).ok_or(InvalidStep { from, step })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        for state in RightState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn it_begins_as_the_table_says() {
        let begun = |step: Step| TABLE.iter().find(|line| line.from.is_none() && line.step == step);
        for (step, pending) in [(Step::Hold, false), (Step::AwaitTurn, true)] {
            assert_eq!(begun(step).map(|line| line.to), Some(first(pending)), "{step:?}");
        }
        assert_eq!(TABLE.iter().filter(|line| line.from.is_none()).count(), 2);
    }

    #[test]
    fn what_never_counted_never_counts_again() {
        let left = TABLE.iter().filter(|line| line.from == Some(RightState::Void));
        assert!(left.map(|line| line.to).all(|to| to == RightState::Void));
    }

    #[test]
    fn only_what_is_in_force_is_set_aside_or_given_a_grace() {
        for state in RightState::all() {
            for step in [Step::Suspend, Step::Grace] {
                assert_eq!(next(state, step).is_ok(), state == RightState::InForce, "{state} {step:?}");
            }
            assert_eq!(next(state, Step::Start).is_ok(), state == RightState::Pending, "{state}");
        }
    }

    #[test]
    fn what_waits_has_no_room_to_make_and_its_end_is_not_told() {
        assert!(next(RightState::Pending, Step::MakeRoom).is_err());
        assert!(next(RightState::Pending, Step::Shorten).is_err());
        assert_eq!(next(RightState::Pending, Step::Close), Ok(RightState::Void));
    }
}
