//! `/programmes/import`: programmes from a file.

use poem::{Response, Result, handler};

use super::super::import;
use super::super::labels::import as labels;
use super::super::labels::pages;
use crate::authz::{Facts, Permission, allows};
use crate::http::web::import_page::{self, Kind};
use crate::http::web::{FormData, Page, WebError};

const KIND: Kind = Kind {
    title: labels::TITLE,
    lead: labels::LEAD,
    action: "/programmes/import",
    back: ("/programmes", pages::PROGRAMMES),
    columns: labels::IMPORT_COLUMNS,
    note: labels::note,
};

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let facts = Facts::default();
    let _allowed = allows(page.actor(), Permission::ProgrammeImport, &facts).map_err(WebError::from)?;
    import_page::blank(&page, &KIND)
}

/// Loads a file.
#[handler]
pub(super) async fn load(page: Page, form: FormData) -> Result<Response> {
    let sent = import_page::sent(&form);
    let actor = page.actor().clone();
    let done = Box::pin(import::import(&page.app, actor, sent.bytes, sent.name, sent.options)).await;
    import_page::answer(&page, &KIND, sent, done)
}
