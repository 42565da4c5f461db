//! The life of a dated right, as data. Pure; `docs/states/dated-right.md` is drawn from it.
//!
//! A right moves inside the act of whoever gives it, whose event tells it. Only what is recorded by hand, and what time
//! does, has an event of its own. Whether a right holds on a day is told by its days ([`crate::rules::right`]), not by
//! its state.

use entity::dated_right::RightState;

use crate::rules::transitions::{Refused, Row, Table, Told};

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

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<RightState>, Step>;

/// It was recorded by hand.
pub const RECORDED: Told = ("right.recorded", "RIGHT_RECORDED");
/// It ends before its term.
pub const CUT_SHORT: Told = ("right.cut_short", "RIGHT_CUT_SHORT");
/// Its last day is behind.
pub const ENDED: Told = ("right.ended", "RIGHT_ENDED");
/// It was recorded by mistake.
pub const TAKEN_BACK: Told = ("right.taken_back", "RIGHT_TAKEN_BACK");

const fn line(
    from: Option<RightState>,
    step: Step,
    to: RightState,
) -> Row<Option<RightState>, Step, RightState, Option<Told>> {
    let event = match (from, step) {
        (Some(RightState::Void), _) | (Some(RightState::Pending), Step::Close) => None,
        (_, Step::Hold) => Some(RECORDED),
        (_, Step::Shorten) => Some(CUT_SHORT),
        (_, Step::Close) => Some(ENDED),
        (_, Step::TakeBack) => Some(TAKEN_BACK),
        _ => None,
    };
    Row::new(from, step, to, event)
}

/// The table; most lines have no event of their own. Taking back what never counted changes nothing.
pub const TABLE: Table<Option<RightState>, Step, RightState, Option<Told>> = {
    use RightState as S;
    Table(&[
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
    ])
};

/// The state in which a right begins.
#[must_use]
pub const fn first(pending: bool) -> RightState {
    if pending { RightState::Pending } else { RightState::InForce }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
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
                assert_eq!(TABLE.can(state, step), state == RightState::InForce, "{state} {step:?}");
            }
            assert_eq!(TABLE.can(state, Step::Start), state == RightState::Pending, "{state}");
        }
    }

    #[test]
    fn what_waits_has_no_room_to_make_and_its_end_is_not_told() {
        assert!(!TABLE.can(RightState::Pending, Step::MakeRoom));
        assert!(!TABLE.can(RightState::Pending, Step::Shorten));
        let closed = TABLE.next(Some(RightState::Pending), Step::Close).map(|line| line.to);
        assert_eq!(closed, Ok(RightState::Void));
    }
}
