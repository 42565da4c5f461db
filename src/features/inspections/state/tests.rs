//! The tables of inspections, gaps, actions and draws.

use super::*;
use std::collections::HashSet;

use entity::corrective_action::ActionState;
use entity::draw::DrawState;
use entity::nonconformity::NonconformityState;

#[test]
fn a_step_has_one_outcome() {
    assert!(TABLE.has_one_outcome() && gap::TABLE.has_one_outcome());
    assert!(action::TABLE.has_one_outcome() && draw::TABLE.has_one_outcome());
}

#[test]
fn every_state_is_reached_and_left_by_an_audited_way() {
    let reached: HashSet<_> = TABLE.iter().map(|line| line.to).collect();
    for state in InspectionState::all() {
        assert!(reached.contains(&state), "{state}");
        assert!(TABLE.iter().any(|line| line.from == state && line.to != state), "{state}");
    }
}

#[test]
fn what_is_over_is_left_by_reopening_only() {
    for line in TABLE.iter() {
        assert_eq!(is_over(line.from), line.step == Step::Reopen, "{line:?}");
    }
}

#[test]
fn nothing_is_concluded_before_the_structure_was_heard() {
    for step in [Step::CloseConforming, Step::RequestActions] {
        for state in InspectionState::all() {
            assert_eq!(TABLE.can(state, step), state == InspectionState::Adversarial, "{step:?} {state}");
        }
    }
    for line in TABLE.iter().filter(|line| is_told(line.to) && !is_told(line.from)) {
        assert_eq!(line.step, Step::SendReport);
    }
}

#[test]
fn only_an_unannounced_inspection_takes_place_without_a_notice_and_nobody_sees_it_before() {
    use InspectionState as S;
    for origin in Trigger::all() {
        assert_eq!(may_take_place(S::Planned, origin), origin == Trigger::Unannounced, "{origin}");
        assert!(may_take_place(S::Notified, origin));
    }
    for state in S::all() {
        assert_eq!(may_take_place(state, Trigger::Unannounced), TABLE.can(state, Step::Perform), "{state}");
        assert_eq!(takes_answers(state), TABLE.can(state, Step::Cancel), "{state}");
    }
    assert!(!is_shown(S::Planned, false) && !is_shown(S::Cancelled, false));
    assert!(is_shown(S::Cancelled, true) && is_shown(S::RefusedByStructure, false));
}

#[test]
fn a_gap_is_closed_on_an_answer_and_by_nothing_else() {
    use NonconformityState as S;
    for state in S::all() {
        assert_eq!(gap::TABLE.can(state, gap::GapStep::Close), state == S::Answered, "{state}");
        assert_eq!(gap::is_settled(state), matches!(state, S::Closed | S::Dropped), "{state}");
    }
    let reached: HashSet<_> = gap::TABLE.iter().map(|line| line.to).collect();
    assert!(S::all().all(|state| reached.contains(&state)));
}

#[test]
fn an_action_is_checked_once_it_was_submitted() {
    use action::ActionStep as A;
    for state in ActionState::all() {
        for step in [A::FindInsufficient, A::Close] {
            assert_eq!(action::TABLE.can(state, step), state == ActionState::Submitted, "{step:?} {state}");
        }
    }
}

#[test]
fn nothing_is_drawn_before_its_seed_was_published_nor_twice() {
    for state in DrawState::all() {
        assert_eq!(draw::TABLE.can(state, draw::DrawStep::Run), state == DrawState::Published, "{state}");
    }
}

#[test]
fn what_moves_inside_an_act_is_told_by_the_event_of_its_step() {
    for line in TABLE.iter() {
        if let Some(told) = told_by(line.step) {
            assert_eq!(told, line.event, "{line:?}");
        }
    }
}
