//! The pages of the requests for access: the public form and its link, and the desk of the team.
//!
//! The page of a link shows on GET and confirms by its button only: mail programs open links by themselves.

mod ask;
mod desk;
mod link;

pub use ask::{AskPage, SentPage};
pub use desk::{AccessListPage, AccessRow, AccessShowPage};
pub use link::{LinkPage, Standing};

use poem::{Route, get, post};

/// Adds the pages of the requests for access.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/devenir-agree/acces", get(ask::show).post(ask::send))
        .at("/devenir-agree/acces/lien/:token", get(link::show).post(link::confirm))
        .at("/acces", get(desk::list))
        .at("/acces/:number", get(desk::show))
        .at("/acces/:number/accepter", post(desk::accept))
        .at("/acces/:number/refuser", post(desk::refuse))
}
