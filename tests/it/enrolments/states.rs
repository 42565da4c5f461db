//! The diagram of `docs/states/enrolment.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use parchemin::features::enrolments::labels;
use parchemin::features::enrolments::state::{BEGINS, TABLE};

use crate::agreements::states::{compare, page_of};

#[test]
fn the_diagram_of_an_enrolment_is_that_of_its_table() {
    let states: BTreeSet<_> = TABLE
        .iter()
        .flat_map(|line| [line.from, line.to])
        .map(|state| (state.word(), labels::state(state).word))
        .collect();
    let begins = BEGINS.iter().map(|(state, name, code)| {
        let begin = labels::BEGIN.to_owned();
        ["[*]".to_owned(), begin, state.word(), (*name).to_owned(), (*code).to_owned()]
    });
    let lines = TABLE.iter().map(|line| {
        let step = labels::step(line.step).to_owned();
        [line.from.word(), step, line.to.word(), line.name.to_owned(), line.code.to_owned()]
    });
    let lines: Vec<_> = begins.chain(lines).collect();
    compare("enrolment.md", &page_of("enrolments", "Enrolment", &states, &lines));
}
