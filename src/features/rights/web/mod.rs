//! The page of rights.

mod list;

pub use list::{RightRow, RightsPage};

use poem::{Route, get};

/// Adds the page of rights.
#[must_use]
pub fn pages(route: Route) -> Route {
    route.at("/droits", get(list::show))
}
