//! The pages of experts.

mod form;
mod list;
mod show;

pub use form::ExpertFormPage;
pub use list::{ListPage, Row};
pub use show::{HabilitationRow, ShowPage};

use poem::{Route, get, post};

/// Adds the pages of experts.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/intervenants", get(list::show))
        .at("/intervenants/nouveau", get(form::blank).post(form::create))
        .at("/intervenants/:number", get(show::show))
        .at("/intervenants/:number/modifier", get(form::edit).post(form::save))
        .at("/intervenants/:number/habilitations", post(show::grant))
        .at("/intervenants/:number/habilitations/:habilitation", post(show::change))
}
