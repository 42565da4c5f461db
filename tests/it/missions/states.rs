//! The diagram of `docs/states/mission.md` is that of the table; every line is played. `UPDATE_STATES=1` writes it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use parchemin::features::missions::labels;
use parchemin::features::missions::state::TABLE;

#[test]
#[expect(clippy::disallowed_methods, reason = "a test asked to write its files again")]
fn the_diagram_of_a_mission_is_that_of_its_table() {
    let states: BTreeSet<_> = TABLE
        .iter()
        .flat_map(|line| [line.from, line.to])
        .map(|state| (state.word(), labels::state(state).word))
        .collect();
    let mut page = String::from(
        "# Mission\n\nDrawn from `src/features/missions/state.rs` by a test.\n\n```mermaid\nstateDiagram-v2\n",
    );
    for (word, label) in states {
        let _ = writeln!(page, "    state \"{label}\" as {word}");
    }
    for line in TABLE {
        let _ = writeln!(page, "    {} --> {}: {}", line.from, line.to, labels::step(line.step));
    }
    page.push_str("```\n\n| From | Step | To | Event | Code |\n|---|---|---|---|---|\n");
    for line in TABLE {
        let (from, to, step) = (line.from, line.to, labels::step(line.step));
        let _ = writeln!(page, "| `{from}` | {step} | `{to}` | `{}` | `{}` |", line.name, line.code);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/states/mission.md");
    if std::env::var("UPDATE_STATES").is_ok() {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/states/mission.md differs: run this test with UPDATE_STATES=1");
}
