//! The diagrams of an inspection, of its gaps, of their answers and of a draw are those of the tables. `UPDATE_STATES=1` writes
//! them.

use entity::corrective_action::ActionState;
use entity::draw::DrawState;
use entity::inspection::InspectionState;
use entity::nonconformity::NonconformityState;
use parchemin::features::inspections::labels;
use parchemin::features::inspections::state::{BEGINS, TABLE, action, draw, gap};

use crate::agreements::states::{compare, lines_of, page_from, page_of};

#[test]
fn the_diagram_of_an_inspection_is_that_of_its_table() {
    let states = InspectionState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let (state, name, code) = BEGINS;
    let begin = labels::steps::BEGIN.to_owned();
    let first = ["[*]".to_owned(), begin, state.word(), name.to_owned(), code.to_owned()];
    let lines = lines_of(TABLE, |step| labels::steps::step(step).to_owned(), InspectionState::word);
    let lines = [vec![first], lines].concat();
    compare("inspection.md", &page_of("inspections", "Inspection", &states, &lines));
}

#[test]
fn the_diagram_of_a_gap_is_that_of_its_table() {
    let states = NonconformityState::all().map(|state| (state.word(), labels::gap(state).word)).collect();
    let lines =
        lines_of(gap::TABLE, |step| labels::steps::gap_step(step).to_owned(), NonconformityState::word);
    let page = page_from("src/features/inspections/state/gap.rs", "Non-conformity", &states, &lines);
    compare("nonconformity.md", &page);
}

#[test]
fn the_diagram_of_an_answer_is_that_of_its_table() {
    let states = ActionState::all().map(|state| (state.word(), labels::action(state).word)).collect();
    let lines =
        lines_of(action::TABLE, |step| labels::steps::action_step(step).to_owned(), ActionState::word);
    let page = page_from("src/features/inspections/state/action.rs", "Corrective action", &states, &lines);
    compare("corrective-action.md", &page);
}

#[test]
fn the_diagram_of_a_draw_is_that_of_its_table() {
    let states = DrawState::all().map(|state| (state.word(), labels::draw(state).word)).collect();
    let lines = lines_of(draw::TABLE, |step| labels::steps::draw_step(step).to_owned(), DrawState::word);
    let page = page_from("src/features/inspections/state/draw.rs", "Draw", &states, &lines);
    compare("draw.md", &page);
}
