//! The diagram of `docs/states/habilitation.md` is that of the table. `UPDATE_STATES=1` writes it again.

use entity::habilitation::HabilitationState;
use parchemin::features::experts::labels;
use parchemin::features::experts::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_an_habilitation_is_that_of_its_table() {
    let states = TABLE.iter().flat_map(|line| [line.from, Some(line.to)]).flatten();
    let states = states.map(|state| (state.word(), labels::state_word(state))).collect();
    let lines = lines_of(TABLE, |step| format!("{step:?}"), HabilitationState::word);
    compare("habilitation.md", &page_of("experts", "Habilitation", &states, &lines));
}
