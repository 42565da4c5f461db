//! The diagram of `docs/states/tie-alert.md` is that of the table. `UPDATE_STATES=1` writes it again.

use entity::tie_alert::AlertState;
use parchemin::features::ties::labels;
use parchemin::features::ties::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_an_alert_about_a_tie_is_that_of_its_table() {
    let states = AlertState::all().map(|state| (state.word(), labels::alert(state).word)).collect();
    let lines = lines_of(TABLE, |step| format!("{step:?}"), AlertState::word);
    compare("tie-alert.md", &page_of("ties", "Tie alert", &states, &lines));
}
