//! The diagram of `docs/states/survey.md` is that of the table. `UPDATE_STATES=1` writes it again.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use parchemin::features::surveys::labels;
use parchemin::features::surveys::state::TABLE;

use crate::agreements::states::compare;

#[test]
fn the_diagram_of_a_survey_is_that_of_its_table() {
    let mut page =
        "# Survey\n\nDrawn from `src/features/surveys/state.rs` by a test.\n\n```mermaid\nstateDiagram-v2\n"
            .to_owned();
    let states: BTreeSet<_> = TABLE.iter().map(|line| line.to).collect();
    for state in states {
        let _ = writeln!(page, "    state \"{}\" as {state}", labels::state(state).word);
    }
    for line in TABLE.iter() {
        let from = line.from.map_or("[*]".to_owned(), |from| from.to_string());
        let _ = writeln!(page, "    {from} --> {}: {}", line.to, labels::step(line.step));
    }
    page.push_str("```\n\n| From | Step | To | Event | Code |\n|---|---|---|---|---|\n");
    for line in TABLE.iter() {
        let from = line.from.map_or(String::new(), |from| format!("`{from}`"));
        let step = labels::step(line.step);
        let _ = writeln!(page, "| {from} | {step} | `{}` | `{}` | `{}` |", line.to, line.name(), line.code());
    }
    compare("survey.md", &page);
}
