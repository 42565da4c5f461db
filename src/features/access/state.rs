//! The life of a request for access, as data. Pure; `docs/states/access-request.md` is drawn from it.

use entity::access_request::AccessState;

/// What may happen to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// The person opens the link and confirms the address.
    Confirm,
    /// The team opens the account.
    Accept,
    /// The team refuses, with a reason.
    Refuse,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// State before.
    pub from: AccessState,
    /// What happens.
    pub step: Step,
    /// State after.
    pub to: AccessState,
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
    pub from: AccessState,
    /// What was asked.
    pub step: Step,
}

const fn line(
    from: AccessState,
    step: Step,
    to: AccessState,
    name: &'static str,
    code: &'static str,
) -> Transition {
    Transition { from, step, to, name, code }
}

/// The table.
pub const TABLE: &[Transition] = {
    use AccessState as S;
    &[
        line(S::Unconfirmed, Step::Confirm, S::Pending, "access_request.confirmed", "ACCESS_CONFIRMED"),
        line(S::Pending, Step::Accept, S::Accepted, "access_request.accepted", "ACCESS_ACCEPTED"),
        line(S::Pending, Step::Refuse, S::Refused, "access_request.refused", "ACCESS_REFUSED"),
    ]
};

/// The line of the table for a step from a state.
///
/// # Errors
/// [`InvalidStep`] when the table has none.
pub fn next(from: AccessState, step: Step) -> Result<&'static Transition, InvalidStep> {
    TABLE.iter().find(|line| line.from == from && line.step == step).ok_or(InvalidStep { from, step })
}

/// Whether a step is possible from a state.
#[must_use]
pub fn can(from: AccessState, step: Step) -> bool {
    next(from, step).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_but_the_first_is_reached() {
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in AccessState::all() {
            assert_eq!(reached.contains(&state), state != AccessState::Unconfirmed, "{state}");
        }
    }

    #[test]
    fn the_team_answers_confirmed_requests_only_and_once() {
        for state in AccessState::all() {
            for step in [Step::Accept, Step::Refuse] {
                assert_eq!(can(state, step), state == AccessState::Pending, "{state} {step:?}");
            }
        }
    }
}
