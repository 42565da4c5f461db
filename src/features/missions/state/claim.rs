//! The life of the claim of a mission, as data: deposited, corrected, service done, paid. Pure;
//! `docs/states/expense-claim.md` is drawn from it.

use entity::expense_claim::ClaimState;

use super::{Step, told};
use crate::rules::transitions::{Row, Table, Told};

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

/// Its event when the service was done, which moves no mission.
pub const SERVICE_DONE: Told = ("mission.service_done", "MIS_SERVICE_DONE");

/// Its event when a sum is written after what was paid, which moves no mission.
pub const CORRECTED: Told = ("mission.claim_corrected", "MIS_CLAIM_CORRECTED");

const fn line(
    from: Option<ClaimState>,
    step: ClaimStep,
    to: ClaimState,
) -> Row<Option<ClaimState>, ClaimStep, ClaimState> {
    let event = match step {
        ClaimStep::Submit => told(Step::Claim),
        ClaimStep::Return => told(Step::ReturnClaim),
        ClaimStep::Certify => SERVICE_DONE,
        ClaimStep::Pay => told(Step::Settle),
        ClaimStep::Reopen => told(Step::Reopen),
        ClaimStep::Correct => CORRECTED,
    };
    Row::new(from, step, to, event)
}

/// The table.
pub const TABLE: Table<Option<ClaimState>, ClaimStep, ClaimState> = {
    use ClaimState as S;
    Table(&[
        line(None, ClaimStep::Submit, S::Submitted),
        line(Some(S::Submitted), ClaimStep::Return, S::Returned),
        line(Some(S::Returned), ClaimStep::Submit, S::Submitted),
        line(Some(S::Submitted), ClaimStep::Certify, S::Certified),
        line(Some(S::Certified), ClaimStep::Pay, S::Paid),
        line(Some(S::Submitted), ClaimStep::Reopen, S::Returned),
        line(Some(S::Paid), ClaimStep::Correct, S::Paid),
    ])
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        for state in ClaimState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
    }

    #[test]
    fn what_was_certified_is_not_corrected_and_what_was_paid_does_not_change() {
        for step in [ClaimStep::Submit, ClaimStep::Return, ClaimStep::Certify, ClaimStep::Reopen] {
            assert!(!TABLE.can(ClaimState::Certified, step), "{step:?}");
        }
        for line in TABLE.iter().filter(|line| line.from == Some(ClaimState::Paid)) {
            assert_eq!((line.step, line.to), (ClaimStep::Correct, ClaimState::Paid), "a line more");
        }
    }

    #[test]
    fn a_claim_is_paid_once_its_service_was_certified_and_only_then() {
        for state in ClaimState::all() {
            let certified = state == ClaimState::Certified;
            assert_eq!(TABLE.can(state, ClaimStep::Pay), certified, "{state}");
        }
        assert!(TABLE.next(None, ClaimStep::Pay).is_err());
    }
}
