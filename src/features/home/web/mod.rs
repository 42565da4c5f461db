//! Pages: the home page of each space, what is to be done, the figures, the search.

mod activity;
mod counts;
mod expert;
mod follow;
mod home;
mod import;
mod juries;
pub mod pages;
mod search;
mod todo;

pub use counts::COUNTING;
use poem::{Route, get, post};

/// The pages of this feature.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/", get(home::root))
        .at("/accueil", get(home::show))
        .at("/a-faire", get(todo::show))
        .at("/a-faire/:kind/:id", get(follow::show))
        .at("/a-faire/:kind/:id/prendre", post(follow::take))
        .at("/a-faire/:kind/:id/rendre", post(follow::release))
        .at("/a-faire/:kind/:id/transmettre", post(follow::hand_over))
        .at("/a-faire/:kind/:id/reporter", post(follow::postpone))
        .at("/a-faire/:kind/:id/remettre", post(follow::bring_back))
        .at("/statistiques/activite", get(activity::show))
        .at("/statistiques/activite.csv", get(activity::export))
        .at("/statistiques/activite/reprises", get(activity::imported))
        .at("/statistiques/activite/import", get(import::show).post(import::load))
        .at("/recherche", get(search::show))
}
