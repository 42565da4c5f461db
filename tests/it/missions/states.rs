//! The diagrams of a mission, of its offers and of its claim are those of the tables. `UPDATE_STATES=1` writes them.

use entity::expense_claim::ClaimState;
use entity::mission::MissionState;
use entity::mission_offer::OfferState;
use parchemin::features::missions::labels;
use parchemin::features::missions::state::{TABLE, claim, offer};

use crate::agreements::states::{DASH, compare, lines_of, page_from, page_of};

#[test]
fn the_diagram_of_a_mission_is_that_of_its_table() {
    let states = TABLE.iter().flat_map(|line| [line.from, line.to]);
    let states = states.map(|state| (state.word(), labels::state(state).word)).collect();
    let lines = lines_of(TABLE, |step| labels::step(step).to_owned(), MissionState::word);
    compare("mission.md", &page_of("missions", "Mission", &states, &lines));
}

#[test]
fn the_diagram_of_an_offer_is_that_of_its_table() {
    let states = OfferState::all().map(|state| (state.word(), labels::offer(state).word)).collect();
    let lines = lines_of(offer::TABLE, |step| format!("{step:?}"), OfferState::word);
    let mut page = page_from("src/features/missions/state/offer.rs", "Mission offer", &states, &lines);
    page.push_str(DASH);
    compare("mission-offer.md", &page);
}

#[test]
fn the_diagram_of_a_claim_is_that_of_its_table() {
    let states = ClaimState::all().map(|state| (state.word(), labels::claim(state).word)).collect();
    let lines = lines_of(claim::TABLE, |step| format!("{step:?}"), ClaimState::word);
    let page = page_from("src/features/missions/state/claim.rs", "Expense claim", &states, &lines);
    compare("expense-claim.md", &page);
}
