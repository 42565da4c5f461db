//! The pages of meetings.

mod acts;
mod ask;
mod files;
mod form;
mod list;
mod reply;
mod series;
mod show;

pub use form::MeetingFormPage;
pub use list::{MeetingRow, MeetingsPage};
pub use reply::MeetingReplyPage;
pub use series::SeriesFormPage;
pub use show::{ActionRow, GuestRow, MeetingShowPage};

use poem::{Route, get, post};

/// Adds the pages of meetings.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/reunions", get(list::show))
        .at("/reunions/nouvelle", get(form::blank).post(form::create))
        .at("/reunions/serie", get(series::blank).post(series::create))
        .at("/reunions/reponse/:token", get(reply::show).post(reply::answer))
        .at("/reunions/:number", get(show::show))
        .at("/reunions/:number/ordre-du-jour", post(acts::edit))
        .at("/reunions/:number/inviter", post(acts::invite))
        .at("/reunions/:number/deplacer", post(acts::reschedule))
        .at("/reunions/:number/annuler", post(acts::cancel))
        .at("/reunions/:number/repondre", post(acts::answer))
        .at("/reunions/:number/presences", post(acts::hold))
        .at("/reunions/:number/decisions", post(acts::decide))
        .at("/reunions/:number/actions", post(acts::add_action))
        .at("/reunions/:number/actions/:action/fait", post(acts::finish_action))
        .at("/reunions/:number/compte-rendu", post(acts::publish))
        .at("/reunions/:number/etablir", post(files::issue))
        .at("/reunions/:number/documents", post(files::attach))
        .at("/reunions/:number/documents/:document", get(files::download))
}
