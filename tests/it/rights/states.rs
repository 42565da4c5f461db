//! The diagram of `docs/states/dated-right.md` is that of the table. `UPDATE_STATES=1` writes it again.

use entity::dated_right::RightState;
use parchemin::features::rights::labels;
use parchemin::features::rights::state::TABLE;
use parchemin::rules::right::Standing;

use crate::agreements::states::{DASH, compare, page_of, told};

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
    let lines: Vec<_> = TABLE
        .iter()
        .map(|line| {
            let from = line.from.map_or_else(|| "[*]".to_owned(), RightState::word);
            let [name, code] = told(line.event);
            [from, format!("{:?}", line.step), line.to.word(), name, code]
        })
        .collect();
    let mut page = page_of("rights", "Dated right", &states, &lines);
    page.push_str(DASH);
    compare("dated-right.md", &page);
}
