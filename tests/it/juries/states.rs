//! The diagram of `docs/states/jury-session.md` is that of the table. `UPDATE_STATES=1` writes it again.

use parchemin::features::juries::labels;
use parchemin::features::juries::state::{State, TABLE};

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_a_jury_session_is_that_of_its_table() {
    let states = State::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |event| labels::acts::event(event).to_owned(), State::word);
    compare("jury-session.md", &page_of("juries", "Jury session", &states, &lines));
}
