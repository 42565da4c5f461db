//! The pages of the sessions of juries. An act has its own page, which says what it changes; what takes something away from
//! people asks once more, with everybody who is told.

mod act;
mod ask;
mod candidates;
pub mod day;
mod documents;
mod history;
mod list;
mod show;

pub use act::ActPage;
pub use ask::AskPage;
pub use candidates::{CandidatesPage, ChoiceRow};
pub use documents::SummonsPage;
pub use list::{EVERY_YEAR, JuriesPage, JuryRow};
pub use show::{JuryShowPage, MemberRow, PassageRow, day_page};

use poem::{Route, get, post};

/// Adds the pages of juries.
#[must_use]
pub fn pages(route: Route) -> Route {
    let route = route
        .at("/jurys", get(list::show))
        .at("/jurys.ics", get(list::calendar))
        .at("/jurys/nouveau", get(ask::blank_for_team).post(ask::send_for_team))
        .at("/jurys/demander", get(ask::blank).post(ask::send))
        .at("/jurys/:number", get(show::show))
        .at("/jurys/:number/candidats", get(candidates::show).post(candidates::send))
        .at("/jurys/:number/planifier", get(act::plan).post(act::send_plan))
        .at("/jurys/:number/reporter", get(act::postpone).post(act::send_postpone))
        .at("/jurys/:number/annuler", get(act::cancel).post(act::send_cancel))
        .at("/jurys/:number/refuser", get(act::reject).post(act::send_reject))
        .at("/jurys/:number/retirer", get(act::withdraw).post(act::send_withdraw))
        .at("/jurys/:number/confirmer", post(show::confirm))
        .at("/jurys/:number/convoquer", post(show::convoke))
        .at("/jurys/:number/convocations", get(documents::summons))
        .at("/jurys/:number/documents/:id", get(documents::download));
    day::pages(route)
}
