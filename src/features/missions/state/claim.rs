//! The life of the claim of a mission, as data: deposited, corrected, service done, paid. Pure;
//! `docs/states/expense-claim.md` is drawn from it.

use entity::expense_claim::ClaimState;

/// What may happen to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClaimStep {
    /// The person deposits it, or deposits it again once corrected.
    Submit,
    /// The team sends it back to be corrected.
    Return,
    /// The team says that the service was done.
    Certify,
    /// It is paid, and the mission settled.
    Pay,
    /// The mission was said to have taken place by mistake.
    Reopen,
    /// A sum more, or taken back, is written after what was paid, which stays.
    Correct,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct ClaimMove {
    /// State before; none for what begins.
    pub from: Option<ClaimState>,
    /// What happens.
    pub step: ClaimStep,
    /// State after.
    pub to: ClaimState,
    /// Name of the event in the journal, that of the mission.
    pub name: &'static str,
    /// Code of the event.
    pub code: &'static str,
}

/// A step that the state of the claim does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{step:?} is not possible from {from:?}")]
pub struct InvalidClaimStep {
    /// The state.
    pub from: Option<ClaimState>,
    /// What was asked.
    pub step: ClaimStep,
}

const fn line(from: Option<ClaimState>, step: ClaimStep, to: ClaimState) -> ClaimMove {
    let (name, code) = match step {
        ClaimStep::Submit => ("mission.expenses_claimed", "MIS_CLAIMED"),
        ClaimStep::Return => ("mission.expenses_returned", "MIS_CLAIM_RETURNED"),
        ClaimStep::Certify => ("mission.service_done", "MIS_SERVICE_DONE"),
        ClaimStep::Pay => ("mission.settled", "MIS_SETTLED"),
        ClaimStep::Reopen => ("mission.reopened", "MIS_REOPENED"),
        ClaimStep::Correct => ("mission.claim_corrected", "MIS_CLAIM_CORRECTED"),
    };
    ClaimMove { from, step, to, name, code }
}

/// The table.
pub const TABLE: &[ClaimMove] = {
    use ClaimState as S;
    &[
        line(None, ClaimStep::Submit, S::Submitted),
        line(Some(S::Submitted), ClaimStep::Return, S::Returned),
        line(Some(S::Returned), ClaimStep::Submit, S::Submitted),
        line(Some(S::Submitted), ClaimStep::Certify, S::Certified),
        line(Some(S::Certified), ClaimStep::Pay, S::Paid),
        line(Some(S::Submitted), ClaimStep::Reopen, S::Returned),
        line(Some(S::Paid), ClaimStep::Correct, S::Paid),
    ]
};

/// The line of the table for a step from a state; none for what begins.
///
/// # Errors
/// [`InvalidClaimStep`] when the table has none.
pub fn next(from: Option<ClaimState>, step: ClaimStep) -> Result<&'static ClaimMove, InvalidClaimStep> {
    TABLE.iter().find(|line| line.from == from && line.step == step).ok_or(InvalidClaimStep { from, step })
}

#[cfg(test)]
mod tests {
    use super::super::{Step, TABLE as OF_MISSION};
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        let mut seen = HashSet::new();
        assert!(TABLE.iter().all(|line| seen.insert((line.from, line.step))));
        for state in ClaimState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn what_was_certified_is_not_corrected_and_what_was_paid_does_not_change() {
        for step in [ClaimStep::Submit, ClaimStep::Return, ClaimStep::Certify, ClaimStep::Reopen] {
            assert!(next(Some(ClaimState::Certified), step).is_err(), "{step:?}");
        }
        for line in TABLE.iter().filter(|line| line.from == Some(ClaimState::Paid)) {
            assert_eq!((line.step, line.to), (ClaimStep::Correct, ClaimState::Paid), "a line more");
        }
    }

    #[test]
    fn a_claim_is_paid_once_its_service_was_certified_and_only_then() {
        for state in ClaimState::all() {
            let certified = state == ClaimState::Certified;
            assert_eq!(next(Some(state), ClaimStep::Pay).is_ok(), certified, "{state}");
        }
        assert!(next(None, ClaimStep::Pay).is_err());
    }

    #[test]
    fn what_moves_the_mission_too_has_the_event_of_the_mission() {
        for (own, of_mission) in [
            (ClaimStep::Submit, Step::Claim),
            (ClaimStep::Return, Step::ReturnClaim),
            (ClaimStep::Pay, Step::Settle),
            (ClaimStep::Reopen, Step::Reopen),
        ] {
            let known = OF_MISSION.iter().find(|line| line.step == of_mission).unwrap();
            let lines = TABLE.iter().filter(|line| line.step == own);
            for line in lines {
                assert_eq!((line.name, line.code), (known.name, known.code), "{own:?}");
            }
        }
    }
}
