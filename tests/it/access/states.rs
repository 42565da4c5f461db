//! The diagram of `docs/states/access-request.md` is that of the table. `UPDATE_STATES=1` writes it again.

use entity::access_request::AccessState;
use parchemin::features::access::labels;
use parchemin::features::access::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_request_for_access_is_that_of_its_table() {
    let states = AccessState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| format!("{step:?}"), AccessState::word);
    let first = AccessState::Unconfirmed.word();
    // filling in the form makes the row, which is in no state before
    let asked = ["[*]", "Ask", first.as_str(), "access_request.asked", "ACCESS_ASKED"].map(str::to_owned);
    let lines = [vec![asked], lines].concat();
    compare("access-request.md", &page_of("access", "Request for access", &states, &lines));
}
