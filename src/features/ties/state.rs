//! The life of an alert about a tie, as data. Pure; `docs/states/tie-alert.md` is drawn from it.

use entity::tie_alert::AlertState;

/// What may happen to an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A tie stands in the way of a duty already given.
    Raise,
    /// The duty is kept, for a written reason.
    Keep,
    /// Nothing stands in the way any more, or the duty was given to somebody else.
    Clear,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// State before; none for what begins.
    pub from: Option<AlertState>,
    /// What happens.
    pub step: Step,
    /// State after.
    pub to: AlertState,
    /// Name of the event in the journal.
    pub name: &'static str,
    /// Code of the event.
    pub code: &'static str,
}

/// A step that the state does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct InvalidStep {
    /// The state.
    pub from: Option<AlertState>,
    /// What was asked.
    pub step: Step,
}

const fn line(from: Option<AlertState>, step: Step, to: AlertState) -> Transition {
    let (name, code) = match step {
        Step::Raise => ("tie.alert_raised", "TIE_ALERT_RAISED"),
        Step::Keep => ("tie.alert_kept", "TIE_ALERT_KEPT"),
        Step::Clear => ("tie.alert_gone", "TIE_ALERT_GONE"),
    };
    Transition { from, step, to, name, code }
}

/// The table. What is raised again is another alert.
pub const TABLE: &[Transition] = {
    use AlertState as S;
    &[
        line(None, Step::Raise, S::Open),
        line(Some(S::Open), Step::Keep, S::Kept),
        line(Some(S::Open), Step::Clear, S::Gone),
    ]
};

/// The line of the table for a step from a state; none for what begins.
///
/// # Errors
/// [`InvalidStep`] when the table has none.
pub fn next(from: Option<AlertState>, step: Step) -> Result<&'static Transition, InvalidStep> {
    TABLE.iter().find(|line| line.from == from && line.step == step).ok_or(InvalidStep { from, step })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        for state in AlertState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn an_alert_is_settled_once() {
        for state in AlertState::all() {
            for step in [Step::Keep, Step::Clear] {
                assert_eq!(next(Some(state), step).is_ok(), state == AlertState::Open, "{state} {step:?}");
            }
        }
    }
}
