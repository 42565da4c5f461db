//! The page of what a structure follows.

mod list;

pub use list::{FollowedPage, FollowedPerson};

use poem::{Route, get};

/// Adds the page.
#[must_use]
pub fn pages(route: Route) -> Route {
    route.at("/mes-formations", get(list::show))
}
