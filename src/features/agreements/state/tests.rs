//! The tables of requests and of agreements.

use entity::agreement::AgreementState;

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

#[test]
fn a_right_that_ended_comes_back_by_an_undo_and_by_nothing_else() {
    use RightStep as R;
    for line in RIGHT_TABLE.iter().filter(|line| right::is_ended(line.from)) {
        assert!(matches!(line.step, R::BackToActive | R::BackToReserves | R::BackToSuspended), "{line:?}");
        assert_ne!(line.from, AgreementState::Expired);
    }
}

#[test]
fn every_state_of_a_right_is_reached_and_an_undo_puts_back_what_an_act_changed() {
    let reached: HashSet<_> = RIGHT_TABLE.iter().map(|line| line.to).collect();
    for state in AgreementState::all().filter(|state| *state != AgreementState::Pending) {
        assert!(reached.contains(&state), "{state}");
    }
    for line in RIGHT_TABLE.iter() {
        let undone = matches!(line.step, RightStep::Suspend | RightStep::Withdraw | RightStep::Renounce);
        let back = right::back_to(line.from).filter(|_| undone);
        if let Some(back) = back {
            assert_eq!(RIGHT_TABLE.next(line.to, back).map(|row| row.to), Ok(line.from), "{line:?}");
        }
    }
}

#[test]
fn a_right_opens_enrolment_while_it_is_neither_set_aside_nor_over() {
    for state in AgreementState::all() {
        let ahead = RIGHT_TABLE.can(state, RightStep::Suspend);
        assert_eq!(right::opens_enrolment(state), ahead, "{state}");
        assert!(!(right::opens_enrolment(state) && right::is_ended(state)), "{state}");
    }
}
