//! The diagrams of a mission, of its offers and of its claim are those of the tables. `UPDATE_STATES=1` writes them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use entity::expense_claim::ClaimState;
use entity::mission_offer::OfferState;
use parchemin::features::missions::labels;
use parchemin::features::missions::state::{TABLE, claim, offer};

use crate::agreements::states::{DASH, compare, page_from, told};

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

#[test]
fn the_diagram_of_an_offer_is_that_of_its_table() {
    let states = OfferState::all().map(|state| (state.word(), labels::offer(state).word)).collect();
    let lines: Vec<_> = offer::TABLE
        .iter()
        .map(|line| {
            let from = line.from.map_or_else(|| "[*]".to_owned(), OfferState::word);
            let [name, code] = told(line.event);
            [from, format!("{:?}", line.step), line.to.word(), name, code]
        })
        .collect();
    let mut page = page_from("src/features/missions/state/offer.rs", "Mission offer", &states, &lines);
    page.push_str(DASH);
    compare("mission-offer.md", &page);
}

#[test]
fn the_diagram_of_a_claim_is_that_of_its_table() {
    let states = ClaimState::all().map(|state| (state.word(), labels::claim(state).word)).collect();
    let lines: Vec<_> = claim::TABLE
        .iter()
        .map(|line| {
            let from = line.from.map_or_else(|| "[*]".to_owned(), ClaimState::word);
            let step = format!("{:?}", line.step);
            [from, step, line.to.word(), line.name.to_owned(), line.code.to_owned()]
        })
        .collect();
    let page = page_from("src/features/missions/state/claim.rs", "Expense claim", &states, &lines);
    compare("expense-claim.md", &page);
}
