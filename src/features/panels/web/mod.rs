//! The pages of the people of juries.

mod colleges;
mod compose;
mod members;
mod plan;
mod planning;

pub use colleges::{CollegesPage, SeatRow};
pub use compose::{Cell, Column, ComposePage, Criterion, OtherRow};
pub use members::{MemberRow, MembersPage};
pub use planning::{DayCell, Event, PlanningPage, Request};

use poem::{Route, get, post};

/// Adds the pages of the people of juries.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/jurys/planning", get(planning::show))
        .at("/jurys/planning.csv", get(plan::export))
        .at("/jurys/:number/affectation", get(compose::show).post(compose::send))
        .at("/jurys/:number/membres", get(members::show))
        .at("/jurys/:number/membres/:member/retirer", post(members::take_off))
        .at("/intervenants/:number/colleges", get(colleges::show).post(colleges::record))
        .at("/intervenants/:number/colleges/:seat/fin", post(colleges::close))
}
