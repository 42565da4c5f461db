//! The diagram of `docs/states/habilitation.md` is that of the table. `UPDATE_STATES=1` writes it again.

use parchemin::features::experts::labels;
use parchemin::features::experts::state::TABLE;

use crate::agreements::states::{compare, page_of};

#[test]
fn the_diagram_of_an_habilitation_is_that_of_its_table() {
    let states = TABLE.iter().flat_map(|line| [line.from, Some(line.to)]).flatten();
    let states = states.map(|state| (state.word(), labels::state_word(state))).collect();
    let lines: Vec<_> = TABLE
        .iter()
        .map(|line| {
            let from = line.from.map_or_else(|| "[*]".to_owned(), |from| from.word());
            let step = format!("{:?}", line.step);
            [from, step, line.to.word(), line.name.to_owned(), line.code.to_owned()]
        })
        .collect();
    compare("habilitation.md", &page_of("experts", "Habilitation", &states, &lines));
}
