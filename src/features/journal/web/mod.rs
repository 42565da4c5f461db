//! `/journal`.

use poem::Route;

/// Adds the pages of the journal.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
}
