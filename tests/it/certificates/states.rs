//! The diagrams of `docs/states/certificate.md` and of `docs/states/certificate-files.md` are those of the tables.
//! `UPDATE_STATES=1` writes them again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use entity::certificate::CertificateState;
use entity::certificate_batch::BatchState;
use parchemin::features::certificates::labels;
use parchemin::features::certificates::state::{FILES, FileStep, Step, TABLE};

/// A state, its French word, what happens, the next state and its word.
type Line = (String, &'static str, &'static str, String, &'static str);

#[test]
fn the_diagram_of_a_certificate_is_that_of_its_table() {
    let line = |(from, step, to): &(CertificateState, Step, CertificateState)| {
        (from.word(), labels::state(*from), labels::step(*step), to.word(), labels::state(*to))
    };
    same("certificate", "Certificate", &TABLE.iter().map(line).collect::<Vec<_>>());
}

#[test]
fn the_diagram_of_the_files_of_a_session_is_that_of_their_table() {
    let line = |(from, step, to): &(BatchState, FileStep, BatchState)| {
        (from.word(), labels::files(*from), labels::file_step(*step), to.word(), labels::files(*to))
    };
    same("certificate-files", "Files of a session", &FILES.iter().map(line).collect::<Vec<_>>());
}

#[expect(clippy::disallowed_methods, reason = "a test asked to write its files again")]
fn same(name: &str, title: &str, lines: &[Line]) {
    let states: BTreeSet<(&str, &str)> = lines
        .iter()
        .flat_map(|(from, label, _, to, next)| [(from.as_str(), *label), (to.as_str(), *next)])
        .collect();
    let mut page = format!(
        "# {title}\n\nDrawn from `src/features/certificates/state.rs` by a test.\n\n```mermaid\nstateDiagram-v2\n"
    );
    for (word, label) in states {
        let _ = writeln!(page, "    state \"{label}\" as {word}");
    }
    for (from, _, step, to, _) in lines {
        let _ = writeln!(page, "    {from} --> {to}: {step}");
    }
    page.push_str("```\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/states/{name}.md"));
    if std::env::var("UPDATE_STATES").is_ok() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/states/{name}.md differs: run this test with UPDATE_STATES=1");
}
