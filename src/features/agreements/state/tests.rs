//! The tables of requests and of agreements.

use super::*;
use std::collections::HashSet;

#[test]
fn a_step_has_one_outcome() {
    assert!(TABLE.has_one_outcome() && RIGHT_TABLE.has_one_outcome());
}

#[test]
fn every_state_but_the_draft_is_reached_and_every_final_one_is_left_by_nothing_but_an_appeal() {
    let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
    assert!(!reached.contains(&BEGINS.0), "nothing leads back to a draft");
    for state in RequestState::all().filter(|state| *state != BEGINS.0) {
        assert!(reached.contains(&state), "{state}");
    }
    for line in TABLE.iter().filter(|line| is_over(line.from)) {
        assert_eq!(line.step, Step::LodgeAppeal);
    }
}

#[test]
fn no_decision_is_announced_once_it_is_given() {
    use RequestState as S;
    for state in [S::Complete, S::VisitDone, S::InCommittee] {
        assert!(!is_decided(state), "{state}");
    }
    for state in [S::Granted, S::Refused, S::Withdrawn, S::Adjourned, S::Appeal] {
        assert!(is_decided(state), "{state}");
    }
}

#[test]
fn a_decision_is_possible_in_committee_only() {
    for step in [Step::Grant, Step::GrantWithReserves, Step::Adjourn, Step::Refuse] {
        for state in RequestState::all() {
            assert_eq!(TABLE.can(state, step), state == RequestState::InCommittee, "{step:?} from {state}");
        }
    }
}

#[test]
fn pieces_are_added_by_the_structure_and_examined_by_the_certifier_each_in_its_turn() {
    use RequestState as S;
    for state in S::all() {
        let added = matches!(state, S::Draft | S::Incomplete | S::Adjourned);
        let examined = matches!(state, S::Submitted | S::Adjourned);
        assert_eq!(
            (takes_pieces(state).is_ok(), examines_pieces(state).is_ok()),
            (added, examined),
            "{state}"
        );
    }
}

#[test]
fn a_request_can_be_withdrawn_until_the_decision() {
    for state in RequestState::all() {
        let decided = is_over(state) || state == RequestState::Appeal;
        assert_eq!(TABLE.can(state, Step::Withdraw), !decided, "{state}");
    }
}
