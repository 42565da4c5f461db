//! The life of a request for access, as data. Pure; `docs/states/access-request.md` is drawn from it.

use entity::access_request::AccessState;

use crate::rules::transitions::{Refused, Row, Table, line};

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
pub type Transition = Row<AccessState, Step>;

/// A step that the state does not allow.
pub type InvalidStep = Refused<AccessState, Step>;

/// The table.
pub const TABLE: Table<AccessState, Step> = {
    use AccessState as S;
    Table(&[
        line(S::Unconfirmed, Step::Confirm, S::Pending, "access_request.confirmed", "ACCESS_CONFIRMED"),
        line(S::Pending, Step::Accept, S::Accepted, "access_request.accepted", "ACCESS_ACCEPTED"),
        line(S::Pending, Step::Refuse, S::Refused, "access_request.refused", "ACCESS_REFUSED"),
    ])
};

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn a_step_has_one_outcome_and_every_state_but_the_first_is_reached() {
        assert!(TABLE.has_one_outcome());
        let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
        for state in AccessState::all() {
            assert_eq!(reached.contains(&state), state != AccessState::Unconfirmed, "{state}");
        }
    }

    #[test]
    fn the_team_answers_confirmed_requests_only_and_once() {
        for state in AccessState::all() {
            for step in [Step::Accept, Step::Refuse] {
                assert_eq!(TABLE.can(state, step), state == AccessState::Pending, "{state} {step:?}");
            }
        }
    }
}
