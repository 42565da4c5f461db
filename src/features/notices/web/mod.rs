//! The pages of notifications.

mod list;
mod preferences;
mod unsubscribe;

pub use list::{NoticeRow, NotificationsPage};
pub use preferences::PreferencesPage;
pub use unsubscribe::UnsubscribePage;

use poem::{Route, get, post};

/// Adds the pages of notifications.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/notifications", get(list::show))
        .at("/notifications/lues", post(list::mark))
        .at("/compte/notifications", get(preferences::show).post(preferences::save))
        .at("/desabonnement/:token", get(unsubscribe::show).post(unsubscribe::act))
}
