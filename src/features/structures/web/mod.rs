//! The pages of structures.

mod contacts;
mod convention;
mod filings;
mod form;
mod import;
mod list;
mod show;
mod sites;

pub use contacts::ContactFormPage;
pub use convention::ConventionPage;
pub use filings::{FilingRow, Filings};
pub use form::StructureFormPage;
pub use list::{ListPage, Row};
pub use show::{AccountRow, ContactRow, ShowPage, SiteRow};
pub use sites::{ClosePage, SiteFormPage};

use poem::{Route, get, post};

/// Adds the pages of structures.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/structures", get(list::show))
        .at("/structures/nouvelle", get(form::blank).post(form::create))
        .at("/structures/import", get(import::show).post(import::load))
        .at("/structures/:siren", get(show::show))
        .at("/structures/:siren/modifier", get(form::edit).post(form::save))
        .at("/structures/:siren/convention", get(convention::show).post(convention::record))
        .at("/structures/:siren/sites/nouveau", get(sites::blank).post(sites::add))
        .at("/structures/:siren/sites/:site", get(sites::edit).post(sites::save))
        .at("/structures/:siren/sites/:site/examiner", post(sites::review))
        .at("/structures/:siren/sites/:site/fermer", get(sites::closing).post(sites::close))
        .at("/structures/:siren/contacts/nouveau", get(contacts::blank).post(contacts::add))
        .at("/structures/:siren/contacts/:contact", get(contacts::edit).post(contacts::save))
        .at("/structures/:siren/contacts/:contact/retirer", get(contacts::removing).post(contacts::remove))
        .at("/notre-structure", get(show::mine))
}
