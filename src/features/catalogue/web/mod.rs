//! The public pages of the catalogue, the form that enrols and the pages of its links.
//!
//! Pages that are the same for everybody are made once and kept beside the shelf they show ([`kept`]).

mod cancel;
mod contact;
mod enrol;
mod feeds;
mod handbook;
mod kept;
mod link;
mod list;
mod programme;
mod rows;
mod session;

pub use cancel::CancelPage;
pub use contact::ContactPage;
pub use enrol::SentPage;
pub use feeds::EmbeddedPage;
pub use link::{LinkOverPage, LinkPage, Standing};
pub use list::{CataloguePage, RegionTile, Tick};
pub use programme::{Part, ProgrammePage, Told};
pub use rows::{Group, Row};
pub use session::SessionPage;

use poem::{Route, get, post};

/// Adds the pages of the catalogue.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/catalogue", get(list::show))
        .at("/catalogue.rss", get(feeds::rss))
        .at("/catalogue.ics", get(feeds::calendar))
        .at("/catalogue/documents/:name", get(handbook::read))
        .at("/catalogue/liste", get(feeds::embedded))
        .at("/catalogue/:slug", get(programme::show))
        .at("/catalogue/sessions/:number", get(session::show))
        .at("/catalogue/sessions/:number/agenda.ics", get(feeds::dates))
        .at("/catalogue/sessions/:number/inscription", get(enrol::show).post(enrol::send))
        .at("/sitemap.xml", get(feeds::sitemap))
        .at("/robots.txt", get(feeds::robots))
        .at("/inscriptions/lien", get(link::lost).post(link::resend))
        .at("/inscriptions/:token", get(link::show))
        .at("/inscriptions/:token/confirmer", post(link::confirm))
        .at("/inscriptions/:token/accepter", post(link::accept))
        .at("/inscriptions/:token/refuser", post(link::decline))
        .at("/inscriptions/:token/coordonnees", get(contact::show).post(contact::save))
        .at("/inscriptions/:token/desistement", get(cancel::show).post(cancel::submit))
}
