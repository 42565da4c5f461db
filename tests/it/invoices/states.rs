//! The diagram of `docs/states/invoice.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;

use entity::invoice::InvoiceState;
use parchemin::features::invoices::labels;
use parchemin::features::invoices::state::TABLE;

use crate::agreements::states::{compare, lines_of, page_of};

#[test]
fn the_diagram_of_an_invoice_is_that_of_its_table() {
    let states: BTreeSet<_> =
        InvoiceState::all().map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), InvoiceState::word);
    compare("invoice.md", &page_of("invoices", "Invoice", &states, &lines));
}
