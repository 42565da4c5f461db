//! The diagram of `docs/states/programme.md` is that of the table. `UPDATE_STATES=1` writes it again.

use entity::programme::ProgrammeState;
use parchemin::features::programmes::labels;
use parchemin::features::programmes::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_programme_is_that_of_its_table() {
    let states = ProgrammeState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), ProgrammeState::word);
    compare("programme.md", &page_of("programmes", "Programme", &states, &lines));
}
