//! The page of the figures of juries, and their file.

mod show;

pub use show::{FiguresPage, LineRow};

use poem::{Route, get};

/// Adds the page of the figures.
#[must_use]
pub fn pages(route: Route) -> Route {
    route.at("/statistiques/jurys", get(show::show)).at("/statistiques/jurys.csv", get(show::export))
}
