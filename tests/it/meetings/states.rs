//! The diagram of `docs/states/meeting.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use parchemin::features::meetings::labels;
use parchemin::features::meetings::state::TABLE;

use crate::agreements::states::compare;

#[test]
fn the_diagram_of_a_meeting_is_that_of_its_table() {
    let mut page = "# Meeting\n\nDrawn from `src/features/meetings/state.rs` by a test.\n\n```mermaid\nstateDiagram-v2\n"
        .to_owned();
    let states: BTreeSet<_> = TABLE.iter().flat_map(|line| [line.from, line.to]).collect();
    for state in states {
        let _ = writeln!(page, "    state \"{}\" as {state}", labels::state(state).word);
    }
    for line in TABLE.iter() {
        let _ = writeln!(page, "    {} --> {}: {}", line.from, line.to, labels::step(line.step));
    }
    page.push_str("```\n\n| From | Step | To | Event | Code |\n|---|---|---|---|---|\n");
    for line in TABLE.iter() {
        let step = labels::step(line.step);
        let _ = writeln!(
            page,
            "| `{}` | {step} | `{}` | `{}` | `{}` |",
            line.from,
            line.to,
            line.name(),
            line.code()
        );
    }
    compare("meeting.md", &page);
}
