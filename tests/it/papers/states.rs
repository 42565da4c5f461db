//! The diagram of `docs/states/training-paper.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use entity::training_document::PaperState;
use parchemin::features::papers::labels;
use parchemin::features::papers::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_paper_is_that_of_its_table() {
    let states: BTreeSet<_> =
        PaperState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), PaperState::word);
    compare("training-paper.md", &page_of("papers", "Training paper", &states, &lines));
}
