//! The diagram of `docs/states/dated-right.md` is that of the table. `UPDATE_STATES=1` writes it again.

use entity::dated_right::RightState;
use parchemin::features::rights::labels;
use parchemin::features::rights::state::TABLE;
use parchemin::rules::right::Standing;

use crate::agreements::states::{DASH, compare, lines_of, page_of};

/// What a right in that state looks like on one of its days.
fn looks(state: RightState) -> &'static str {
    let standing = match state {
        RightState::Pending => Standing::Pending,
        RightState::InForce => Standing::InForce,
        RightState::Ended => Standing::Ended,
        RightState::Void => Standing::Void,
    };
    labels::standing(standing).word
}

#[test]
fn the_diagram_of_a_dated_right_is_that_of_its_table() {
    let states = RightState::all().map(|state| (state.word(), looks(state))).collect();
    let lines = lines_of(TABLE, |step| format!("{step:?}"), RightState::word);
    let mut page = page_of("rights", "Dated right", &states, &lines);
    page.push_str(DASH);
    compare("dated-right.md", &page);
}
