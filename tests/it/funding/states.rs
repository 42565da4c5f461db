//! The diagram of `docs/states/funding.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use entity::funding::FundingState;
use parchemin::features::funding::labels;
use parchemin::features::funding::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_funding_is_that_of_its_table() {
    let states: BTreeSet<_> =
        FundingState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), FundingState::word);
    compare("funding.md", &page_of("funding", "Funding", &states, &lines));
}
