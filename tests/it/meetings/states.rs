//! The diagram of `docs/states/meeting.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use parchemin::features::meetings::labels;
use parchemin::features::meetings::state::TABLE;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test asked to write its file again")]
fn the_diagram_of_a_meeting_is_that_of_its_table() {
    let mut page = "# Meeting\n\nDrawn from `src/features/meetings/state.rs` by a test.\n\n```mermaid\nstateDiagram-v2\n"
        .to_owned();
    let states: BTreeSet<_> = TABLE.iter().flat_map(|line| [line.from, line.to]).collect();
    for state in states {
        let _ = writeln!(page, "    state \"{}\" as {state}", labels::state(state).word);
    }
    for line in TABLE {
        let _ = writeln!(page, "    {} --> {}: {}", line.from, line.to, labels::step(line.step));
    }
    page.push_str("```\n\n| From | Step | To | Event | Code |\n|---|---|---|---|---|\n");
    for line in TABLE {
        let step = labels::step(line.step);
        let _ = writeln!(
            page,
            "| `{}` | {step} | `{}` | `{}` | `{}` |",
            line.from, line.to, line.name, line.code
        );
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/states/meeting.md");
    if std::env::var("UPDATE_STATES").is_ok() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/states/meeting.md differs: run this test with UPDATE_STATES=1");
}
