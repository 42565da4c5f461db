//! The diagram of a teaching support is that of its table. `UPDATE_STATES=1` writes it.

use entity::teaching_support::SupportState;
use parchemin::features::supports::labels;
use parchemin::features::supports::state::{BEGINS, TABLE};

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_support_is_that_of_its_table() {
    let states = SupportState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let (state, name, code) = BEGINS;
    let begin = labels::BEGIN.to_owned();
    let first = ["[*]".to_owned(), begin, state.word(), name.to_owned(), code.to_owned()];
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), SupportState::word);
    let lines = [vec![first], lines].concat();
    compare("teaching-support.md", &page_of("supports", "Teaching support", &states, &lines));
}
