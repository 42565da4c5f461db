//! The diagram of `docs/states/training-paper.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use entity::training_document::PaperState;
use parchemin::features::papers::labels;
use parchemin::features::papers::state::TABLE;

use crate::agreements::states::{compare, page_of};

#[test]
fn the_diagram_of_a_paper_is_that_of_its_table() {
    let states: BTreeSet<_> =
        PaperState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines: Vec<_> = TABLE
        .iter()
        .map(|line| {
            // `[*]` is what Mermaid writes for the beginning.
            let from = line.from.map_or_else(|| "[*]".to_owned(), PaperState::word);
            let step = labels::step(line.step).to_owned();
            [from, step, line.to.word(), line.name().to_owned(), line.code().to_owned()]
        })
        .collect();
    compare("training-paper.md", &page_of("papers", "Training paper", &states, &lines));
}
