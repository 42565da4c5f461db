//! The diagram of `docs/states/candidate.md` is that of the table. `UPDATE_STATES=1` writes it again.

use parchemin::features::candidates::labels;
use parchemin::features::candidates::state::{State, TABLE};

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_candidate_is_that_of_its_table() {
    let states = State::ALL.map(|state| (state.word().to_owned(), labels::state_word(state))).into();
    let lines = lines_of(TABLE, |step| format!("{step:?}"), |state: State| state.word().to_owned());
    compare("candidate.md", &page_of("candidates", "Candidate", &states, &lines));
}
