//! `/missions/import`: missions of the years before Parchemin, from a file.

use poem::{Response, Result, handler};

use super::super::import::{self, labels};
use super::labels as words;
use crate::authz::{Facts, Permission, allows};
use crate::http::web::import_page::{self, Kind};
use crate::http::web::{FormData, Page, WebError};

const KIND: Kind = Kind {
    title: labels::TITLE,
    lead: labels::LEAD,
    action: "/missions/import",
    back: ("/missions", words::MISSIONS),
    columns: labels::IMPORT_COLUMNS,
    note: labels::note,
};

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let facts = Facts::default();
    let _allowed = allows(page.actor(), Permission::MissionImport, &facts).map_err(WebError::from)?;
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
