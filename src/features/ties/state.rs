//! The life of an alert about a tie, as data. Pure; `docs/states/tie-alert.md` is drawn from it.

use entity::tie_alert::AlertState;

use crate::rules::transitions::{Refused, Row, Table, Told};

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

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<AlertState>, Step>;

/// The name and the code of the event that tells a step.
#[must_use]
pub const fn told(step: Step) -> Told {
    match step {
        Step::Raise => ("tie.alert_raised", "TIE_ALERT_RAISED"),
        Step::Keep => ("tie.alert_kept", "TIE_ALERT_KEPT"),
        Step::Clear => ("tie.alert_gone", "TIE_ALERT_GONE"),
    }
}

const fn line(
    from: Option<AlertState>,
    step: Step,
    to: AlertState,
) -> Row<Option<AlertState>, Step, AlertState> {
    Row::new(from, step, to, told(step))
}

/// The table. What is raised again is another alert.
pub const TABLE: Table<Option<AlertState>, Step, AlertState> = {
    use AlertState as S;
    Table(&[
        line(None, Step::Raise, S::Open),
        line(Some(S::Open), Step::Keep, S::Kept),
        line(Some(S::Open), Step::Clear, S::Gone),
    ])
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        for state in AlertState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn an_alert_is_settled_once() {
        for state in AlertState::all() {
            for step in [Step::Keep, Step::Clear] {
                assert_eq!(TABLE.can(state, step), state == AlertState::Open, "{state} {step:?}");
            }
        }
    }
}
