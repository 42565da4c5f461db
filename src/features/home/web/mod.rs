//! Pages: the home page of each space, what is to be done, the figures, the search.

mod activity;
mod counts;
mod expert;
mod home;
mod import;
pub mod pages;
mod search;
mod todo;

pub use counts::COUNTING;
use poem::{Route, get};

/// The pages of this feature.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/", get(home::root))
        .at("/accueil", get(home::show))
        .at("/a-faire", get(todo::show))
        .at("/statistiques/activite", get(activity::show))
        .at("/statistiques/activite.csv", get(activity::export))
        .at("/statistiques/activite/reprises", get(activity::imported))
        .at("/statistiques/activite/import", get(import::show).post(import::load))
        .at("/recherche", get(search::show))
}
