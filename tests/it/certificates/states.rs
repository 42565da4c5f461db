//! The diagrams of `docs/states/certificate.md` and of `docs/states/certificate-files.md` are those of the tables.
//! `UPDATE_STATES=1` writes them again.

use parchemin::features::certificates::labels;
use parchemin::features::certificates::state::{FILES, TABLE};

use crate::agreements::states::{compare, diagram};

const SOURCE: &str = "src/features/certificates/state.rs";

/// A line of a diagram, without the event that tells it.
fn arrow(from: String, step: &str, to: String) -> [String; 5] {
    [from, step.to_owned(), to, String::new(), String::new()]
}

#[test]
fn the_diagram_of_a_certificate_is_that_of_its_table() {
    let states = TABLE.iter().flat_map(|row| [row.from, row.to]);
    let states = states.map(|state| (state.word(), labels::state(state))).collect();
    let lines = TABLE.iter().map(|row| arrow(row.from.word(), labels::step(row.step), row.to.word()));
    compare("certificate.md", &diagram(SOURCE, "Certificate", &states, &lines.collect::<Vec<_>>()));
}

#[test]
fn the_diagram_of_the_files_of_a_session_is_that_of_their_table() {
    let states = FILES.iter().flat_map(|row| [row.from, row.to]);
    let states = states.map(|state| (state.word(), labels::files(state))).collect();
    let lines = FILES.iter().map(|row| arrow(row.from.word(), labels::file_step(row.step), row.to.word()));
    compare(
        "certificate-files.md",
        &diagram(SOURCE, "Files of a session", &states, &lines.collect::<Vec<_>>()),
    );
}
