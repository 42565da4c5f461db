//! The diagrams of `docs/states/` are those of the tables. `UPDATE_STATES=1` writes them again.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use entity::agreement::AgreementState;
use entity::agreement_request::RequestState;
use entity::right_act::ActState;
use parchemin::features::agreements::labels;
use parchemin::features::agreements::state::{BEGINS, RIGHT_TABLE, TABLE, act};
use parchemin::rules::transitions::{Row, Table, Told};

/// A diagram, then the same as a table.
fn page(title: &str, states: &BTreeSet<(String, &str)>, lines: &[[String; 5]]) -> String {
    page_of("agreements", title, states, lines)
}

/// The same, for the table of another feature.
pub fn page_of(
    feature: &str,
    title: &str,
    states: &BTreeSet<(String, &str)>,
    lines: &[[String; 5]],
) -> String {
    page_from(&format!("src/features/{feature}/state.rs"), title, states, lines)
}

/// The same, for a table that has a file of its own.
pub fn page_from(
    source: &str,
    title: &str,
    states: &BTreeSet<(String, &str)>,
    lines: &[[String; 5]],
) -> String {
    let mut page = diagram(source, title, states, lines);
    page.push_str("\n| From | Step | To | Event | Code |\n|---|---|---|---|---|\n");
    for [from, step, to, name, code] in lines {
        let _ = writeln!(page, "| `{from}` | {step} | `{to}` | `{name}` | `{code}` |");
    }
    page
}

/// The diagram alone.
pub fn diagram(
    source: &str,
    title: &str,
    states: &BTreeSet<(String, &str)>,
    lines: &[[String; 5]],
) -> String {
    let mut page = format!("# {title}\n\nDrawn from `{source}` by a test.\n\n```mermaid\nstateDiagram-v2\n");
    for (word, label) in states {
        let _ = writeln!(page, "    state \"{label}\" as {word}");
    }
    for [from, step, to, _, _] in lines {
        let _ = writeln!(page, "    {from} --> {to}: {step}");
    }
    page.push_str("```\n");
    page
}

/// The lines of a table in words: `[*]` is what Mermaid writes for the beginning, a dash what the event of another act
/// tells.
pub fn lines_of<Before, Step, After, Event>(
    table: Table<Before, Step, After, Event>,
    step: impl Fn(Step) -> String,
    word: impl Fn(After) -> String,
) -> Vec<[String; 5]>
where
    Before: Copy + PartialEq + Into<Option<After>> + 'static,
    Step: Copy + PartialEq + 'static,
    After: Copy + 'static,
    Event: Copy + Into<Option<Told>> + 'static,
{
    let words = |row: &Row<Before, Step, After, Event>| {
        let from: Option<After> = row.from.into();
        let event: Option<Told> = row.event.into();
        let (name, code) = event.unwrap_or(("-", "-"));
        let from = from.map_or_else(|| "[*]".to_owned(), &word);
        [from, step(row.step), word(row.to), name.to_owned(), code.to_owned()]
    };
    table.iter().map(words).collect()
}

/// What the dash means.
pub const DASH: &str = "\n`-`: told by the event of the act that moves it.\n";

#[expect(clippy::disallowed_methods, reason = "a test asked to write its files again")]
pub fn compare(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/states").join(name);
    if std::env::var("UPDATE_STATES").is_ok() {
        std::fs::write(&path, page).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == page,
        "docs/states/{name} differs from the table: run this test with UPDATE_STATES=1"
    );
}

#[test]
fn the_diagram_of_a_request_is_that_of_its_table() {
    let states = TABLE.iter().flat_map(|line| [line.from, line.to]);
    let states = states.map(|state| (state.word(), labels::state(state).word)).collect();
    let (state, name, code) = BEGINS;
    // `[*]` is what Mermaid writes for the beginning.
    let first =
        ["[*]".to_owned(), labels::steps::BEGIN.to_owned(), state.word(), name.to_owned(), code.to_owned()];
    let lines = lines_of(TABLE, |step| labels::steps::step(step).to_owned(), RequestState::word);
    let lines = [vec![first], lines].concat();
    compare("agreement-request.md", &page("Agreement request", &states, &lines));
}

#[test]
fn the_diagram_of_an_agreement_is_that_of_its_table() {
    let states = RIGHT_TABLE.iter().flat_map(|line| [line.from, line.to]);
    let states = states.map(|state| (state.word(), labels::right_state(state).word)).collect();
    let lines =
        lines_of(RIGHT_TABLE, |step| labels::steps::right_step(step).to_owned(), AgreementState::word);
    let page = page_from("src/features/agreements/state/right.rs", "Agreement", &states, &lines);
    compare("agreement.md", &page);
}

#[test]
fn the_diagram_of_an_act_on_a_right_is_that_of_its_table() {
    let states = ActState::all().map(|state| (state.word(), labels::act::state(state).word)).collect();
    let lines = lines_of(act::TABLE, |step| labels::act::step(step).to_owned(), ActState::word);
    let mut page = page_from("src/features/agreements/state/act.rs", "Act on an agreement", &states, &lines);
    page.push_str(DASH);
    compare("right-act.md", &page);
}
