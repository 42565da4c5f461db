//! The pages of teaching supports: the list, one support, and a page for each act, whose form comes back with what was typed.

mod act;
mod labels;
mod list;
mod new;
mod show;
mod step;

pub use act::ActPage;
pub use list::{ListPage, SupportRow};
pub use new::NewPage;
pub use show::ShowPage;
pub use step::SupportAct;

use poem::{Route, get};

/// Adds the pages of teaching supports.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/appuis", get(list::show))
        .at("/appuis/nouveau", get(new::blank).post(new::send))
        .at("/appuis/:number", get(show::show))
        .at("/appuis/:number/:verb", get(act::blank).post(act::send))
}
