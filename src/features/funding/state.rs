//! The life of a funding, as data. Pure; `docs/states/funding.md` is drawn from it.

use entity::funding::FundingState;

use crate::rules::transitions::{Refused, Row, Table, line};

/// What may happen to a funding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Somebody is expected to fund.
    Record,
    /// The funder was asked.
    Request,
    /// The funder agreed.
    Agree,
    /// The funder refused.
    Refuse,
    /// The pieces that are due were sent: nothing is waited for any more.
    Settle,
    /// It is given up.
    End,
    /// What was recorded last was wrong, or is looked at again.
    Reopen,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 7] =
        [Self::Record, Self::Request, Self::Agree, Self::Refuse, Self::Settle, Self::End, Self::Reopen];
}

/// One line of the table.
pub type Transition = Row<Option<FundingState>, Step, FundingState>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<Option<FundingState>, Step>;

/// The table.
pub const TABLE: Table<Option<FundingState>, Step, FundingState> = {
    use FundingState as S;
    Table(&[
        line(None, Step::Record, S::ToRequest, "funding.recorded", "FIN_RECORDED"),
        line(Some(S::ToRequest), Step::Request, S::Requested, "funding.requested", "FIN_REQUESTED"),
        line(Some(S::ToRequest), Step::Agree, S::Agreed, "funding.agreed", "FIN_AGREED"),
        line(Some(S::Requested), Step::Agree, S::Agreed, "funding.agreed", "FIN_AGREED"),
        line(Some(S::Requested), Step::Refuse, S::Refused, "funding.refused", "FIN_REFUSED"),
        line(Some(S::Agreed), Step::Settle, S::Settled, "funding.settled", "FIN_SETTLED"),
        line(Some(S::ToRequest), Step::End, S::Ended, "funding.ended", "FIN_ENDED"),
        line(Some(S::Requested), Step::End, S::Ended, "funding.ended", "FIN_ENDED"),
        line(Some(S::Agreed), Step::End, S::Ended, "funding.ended", "FIN_ENDED"),
        line(Some(S::Agreed), Step::Reopen, S::Requested, "funding.reopened", "FIN_REOPENED"),
        line(Some(S::Refused), Step::Reopen, S::Requested, "funding.reopened", "FIN_REOPENED"),
        line(Some(S::Settled), Step::Reopen, S::Agreed, "funding.reopened", "FIN_REOPENED"),
        line(Some(S::Ended), Step::Reopen, S::ToRequest, "funding.reopened", "FIN_REOPENED"),
    ])
};

/// Whether its scheme and its funder may still change: nobody agreed on them.
#[must_use]
pub const fn may_change(state: FundingState) -> bool {
    matches!(state, FundingState::ToRequest | FundingState::Requested)
}

/// Whether the funder agreed: it counts in the BPF.
#[must_use]
pub const fn counts(state: FundingState) -> bool {
    matches!(state, FundingState::Agreed | FundingState::Settled)
}

/// Whether pieces may be sent to the funder.
#[must_use]
pub const fn takes_pieces(state: FundingState) -> bool {
    !matches!(state, FundingState::Refused | FundingState::Ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_one_outcome_and_every_state_is_reached() {
        assert!(TABLE.has_one_outcome());
        for state in FundingState::all() {
            assert!(TABLE.iter().any(|line| line.to == state), "{state}");
        }
        for step in Step::ALL {
            assert!(TABLE.iter().any(|line| line.step == step), "{step:?}");
        }
    }

    #[test]
    fn every_state_has_a_way_back() {
        for state in FundingState::all() {
            let back = TABLE.can(state, Step::Reopen) || TABLE.can(state, Step::End);
            assert!(back, "{state}");
        }
    }

    #[test]
    fn what_was_agreed_no_longer_changes() {
        for state in FundingState::all() {
            assert!(!(may_change(state) && counts(state)), "{state}");
            assert!(!counts(state) || takes_pieces(state), "{state}");
        }
    }
}
