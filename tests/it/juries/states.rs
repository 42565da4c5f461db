//! The diagram of `docs/states/jury-session.md` is that of the table. `UPDATE_STATES=1` writes it again.

use parchemin::features::juries::labels;
use parchemin::features::juries::state::{State, TABLE};

use crate::agreements::states::{compare, page_of};

#[test]
fn the_diagram_of_a_jury_session_is_that_of_its_table() {
    let states = State::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines: Vec<_> = TABLE
        .iter()
        .map(|line| {
            // `[*]` is what Mermaid writes for the beginning.
            let from = line.from.map_or_else(|| "[*]".to_owned(), State::word);
            let event = labels::acts::event(line.event).to_owned();
            [from, event, line.to.word(), line.name.to_owned(), line.code.to_owned()]
        })
        .collect();
    compare("jury-session.md", &page_of("juries", "Jury session", &states, &lines));
}
