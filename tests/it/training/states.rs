//! The diagram of `docs/states/training-session.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use parchemin::features::training::labels;
use parchemin::features::training::state::{BEGINS, TABLE};

use crate::agreements::states::{compare, page_of};

#[test]
fn the_diagram_of_a_session_is_that_of_its_table() {
    let states: BTreeSet<_> = TABLE
        .iter()
        .flat_map(|line| [line.from, line.to])
        .map(|state| (state.word(), labels::state(state).word))
        .collect();
    let (state, name, code) = BEGINS;
    let first = ["[*]".to_owned(), labels::BEGIN.to_owned(), state.word(), name.to_owned(), code.to_owned()];
    let lines = TABLE.iter().map(|line| {
        let step = labels::step(line.step).to_owned();
        [line.from.word(), step, line.to.word(), line.name().to_owned(), line.code().to_owned()]
    });
    let lines: Vec<_> = std::iter::once(first).chain(lines).collect();
    compare("training-session.md", &page_of("training", "Training session", &states, &lines));
}
