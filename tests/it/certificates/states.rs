//! The diagram of `docs/states/certificate.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use parchemin::features::certificates::labels;
use parchemin::features::certificates::state::TABLE;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test asked to write its files again")]
fn the_diagram_of_a_certificate_is_that_of_its_table() {
    let states: BTreeSet<_> = TABLE
        .iter()
        .flat_map(|(from, _, to)| [*from, *to])
        .map(|state| (state.word(), labels::state(state)))
        .collect();
    let mut page = String::from(
        "# Certificate\n\nDrawn from `src/features/certificates/state.rs` by a test.\n\n```mermaid\nstateDiagram-v2\n",
    );
    for (word, label) in states {
        let _ = writeln!(page, "    state \"{label}\" as {word}");
    }
    for (from, step, to) in TABLE {
        let _ = writeln!(page, "    {from} --> {to}: {}", labels::step(*step));
    }
    page.push_str("```\n");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/states/certificate.md");
    if std::env::var("UPDATE_STATES").is_ok() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/states/certificate.md differs: run this test with UPDATE_STATES=1");
}
