//! The diagram of `docs/states/candidate.md` is that of the table. `UPDATE_STATES=1` writes it again.

use parchemin::features::candidates::labels;
use parchemin::features::candidates::state::{State, TABLE};

use crate::agreements::states::{compare, page_of};

#[test]
fn the_diagram_of_a_candidate_is_that_of_its_table() {
    let states = State::ALL.map(|state| (state.word().to_owned(), labels::state_word(state))).into();
    let lines: Vec<_> = TABLE
        .iter()
        .map(|line| {
            let from = line.from.map_or("[*]", State::word).to_owned();
            let step = format!("{:?}", line.step);
            [from, step, line.to.word().to_owned(), line.name.to_owned(), line.code.to_owned()]
        })
        .collect();
    compare("candidate.md", &page_of("candidates", "Candidate", &states, &lines));
}
