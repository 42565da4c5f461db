//! The life of one act on a right, as data. Pure; `docs/states/right-act.md` is drawn from it.
//!
//! A notice becomes the suspension or the withdrawal that it announced, or is dropped; a withdrawal is asked before somebody else confirms
//! it; what needs neither is done at once. What is done may be undone for a while.

use entity::right_act::ActState;

use crate::rules::transitions::{Refused, Row, Table, Told};

/// What may happen to an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActStep {
    /// The structure is told what is held against it.
    Notify,
    /// It is done at once: urgency, overdue reserves, reinstatement, renouncement.
    DoAtOnce,
    /// The structure comments.
    Comment,
    /// The notice having run, somebody asks that the withdrawal be confirmed.
    AskAfterNotice,
    /// The suspension that was announced is done.
    Carry,
    /// Somebody else confirms the withdrawal.
    Confirm,
    /// It does not take place.
    Drop,
    /// It is undone in time.
    Undo,
}

/// A step that the state of the act does not allow.
pub type InvalidActStep = Refused<Option<ActState>, ActStep>;

/// What tells a step; none when the event is that of the step of the right.
#[must_use]
pub const fn told(step: ActStep) -> Option<Told> {
    match step {
        ActStep::Notify => Some(("agreement.notice_served", "AGREMENT_NOTICE")),
        ActStep::AskAfterNotice => Some(("agreement.withdrawal_asked", "AGREMENT_WITHDRAWAL_ASKED")),
        ActStep::Comment => Some(("agreement.notice_answered", "AGREMENT_NOTICE_ANSWERED")),
        ActStep::Drop => Some(("agreement.act_dropped", "AGREMENT_ACT_DROPPED")),
        ActStep::Undo => Some(("agreement.act_undone", "AGREMENT_UNDONE")),
        ActStep::DoAtOnce | ActStep::Carry | ActStep::Confirm => None,
    }
}

const fn line(
    from: Option<ActState>,
    step: ActStep,
    to: ActState,
) -> Row<Option<ActState>, ActStep, ActState, Option<Told>> {
    Row::new(from, step, to, told(step))
}

/// The table.
pub const TABLE: Table<Option<ActState>, ActStep, ActState, Option<Told>> = {
    use ActState as S;
    Table(&[
        line(None, ActStep::Notify, S::Notified),
        line(None, ActStep::DoAtOnce, S::Done),
        line(Some(S::Notified), ActStep::Comment, S::Notified),
        line(Some(S::Notified), ActStep::AskAfterNotice, S::Asked),
        line(Some(S::Notified), ActStep::Carry, S::Done),
        line(Some(S::Notified), ActStep::Drop, S::Dropped),
        line(Some(S::Asked), ActStep::Comment, S::Asked),
        line(Some(S::Asked), ActStep::Confirm, S::Done),
        line(Some(S::Asked), ActStep::Drop, S::Dropped),
        line(Some(S::Done), ActStep::Undo, S::Undone),
    ])
};

/// Whether the act is in course: a right has one at a time, which the database holds too.
#[must_use]
pub const fn is_open(state: ActState) -> bool {
    matches!(state, ActState::Notified | ActState::Asked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in ActState::all() {
            assert!(reached.contains(&state), "{state}");
        }
    }

    #[test]
    fn what_is_in_course_may_be_dropped_and_what_is_done_undone() {
        for state in ActState::all() {
            assert_eq!(TABLE.can(state, ActStep::Drop), is_open(state), "{state}");
            assert_eq!(TABLE.can(state, ActStep::Undo), state == ActState::Done, "{state}");
        }
    }
}
