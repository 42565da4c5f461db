//! The diagram of `docs/states/enrolment.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use entity::enrolment::EnrolmentState;
use parchemin::features::enrolments::labels;
use parchemin::features::enrolments::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_an_enrolment_is_that_of_its_table() {
    let states: BTreeSet<_> =
        EnrolmentState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), EnrolmentState::word);
    compare("enrolment.md", &page_of("enrolments", "Enrolment", &states, &lines));
}
