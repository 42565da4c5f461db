//! The pages of training sessions. An act has its own page, which says first what it changes and who is told.

mod act;
mod faults;
mod form;
mod list;
mod plan;
mod rooms;
mod show;
mod subcontract;
mod teach;

pub use act::ActPage;
pub use form::SessionFormPage;
pub use list::{SessionRow, SessionsPage};
pub use plan::PlanPage;
pub use rooms::{RoomFormPage, RoomRow, RoomsPage};
pub use show::{SessionShowPage, SlotRow, TrainerRow};
pub use subcontract::SubcontractPage;
pub use teach::TeachPage;

use poem::{Route, get, post};

/// Adds the pages of sessions.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/sessions", get(list::show))
        .at("/sessions.ics", get(list::calendar))
        .at("/sessions/export", post(list::export))
        .at("/sessions/nouvelle", get(form::blank).post(form::create))
        .at("/sessions/salles", get(rooms::list))
        .at("/sessions/salles/nouvelle", get(rooms::blank).post(rooms::create))
        .at("/sessions/salles/:id", get(rooms::show).post(rooms::edit))
        .at("/sessions/salles/:id/retirer", post(rooms::retire))
        .at("/sessions/:number", get(show::show))
        .at("/sessions/:number/agenda.ics", get(show::calendar))
        .at("/sessions/:number/modifier", get(form::known).post(form::edit))
        .at("/sessions/:number/demi-journees", get(plan::show).post(plan::send))
        .at("/sessions/:number/animation", get(teach::show).post(teach::send))
        .at("/sessions/:number/animation/retirer", post(teach::remove))
        .at("/sessions/:number/sous-traitance", get(subcontract::show).post(subcontract::send))
        .at("/sessions/:number/sous-traitance/fin", post(subcontract::finish))
        .at("/sessions/:number/actes/:act", get(act::show).post(act::send))
}
