//! The pages of programmes, for the team: the list, a programme and its sheets, the forms of each part of a draft, what it
//! covers of a referential.
//!
//! A form changes one part of the draft; what is published has none. Publishing, throwing a draft away and retiring a
//! programme say what they change before they are confirmed.

mod acts;
mod coverage;
mod file;
mod form;
mod handbooks;
mod head;
mod list;
mod part;
mod show;

use entity::ids::ProgrammeId;
use poem::{Route, get, post};

use super::ProgrammeError;
use super::queries::{self, Shown};
use crate::http::web::Page;

/// Adds the pages of programmes.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/programmes", get(list::show))
        .at("/programmes/nouveau", get(head::blank).post(head::create))
        .at("/programmes/import", get(file::show).post(file::load))
        .at("/programmes/livrets", get(handbooks::show).post(handbooks::add))
        .at("/programmes/livrets/:id", get(handbooks::download))
        .at("/programmes/:slug", get(show::show))
        .at("/programmes/:slug/identite", get(head::edit).post(head::save))
        .at("/programmes/:slug/couverture", get(coverage::show))
        .at("/programmes/:slug/brouillon", post(acts::open))
        .at("/programmes/:slug/publier", post(acts::publish))
        .at("/programmes/:slug/abandonner", post(acts::discard))
        .at("/programmes/:slug/retirer", post(acts::retire))
        .at("/programmes/:slug/retablir", post(acts::restore))
        .at("/programmes/:slug/fiche/:part", get(form::new).post(form::create))
        .at("/programmes/:slug/fiche/:part/:item", get(form::edit).post(form::save))
}

/// Where programmes are.
const LIST: &str = "/programmes";

/// Where the page of a programme is.
fn path_of(slug: &str) -> String {
    format!("{LIST}/{slug}")
}

/// A programme for the visitor.
async fn load(page: &Page, slug: &str, number: Option<i32>) -> Result<Shown, ProgrammeError> {
    let conn = page.app.db.read();
    let row = queries::by_slug(conn, slug).await?;
    queries::shown(conn, page.actor(), row, number).await
}

fn key(shown: &Shown) -> ProgrammeId {
    shown.programme.id
}
