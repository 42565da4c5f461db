//! The page of the network.

mod export;
mod show;

pub use show::{DutySection, NetworkPage, PersonRow, RegionRow, Tile};

use poem::{Route, get};

/// Adds the page of the network.
#[must_use]
pub fn pages(route: Route) -> Route {
    route.at("/intervenants/reseau", get(show::show)).at("/intervenants/reseau.csv", get(export::export))
}
