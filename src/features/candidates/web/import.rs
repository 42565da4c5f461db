//! `/candidats/import`: people enrolled from a file.

use poem::{Response, Result, handler};

use super::super::import::{self, labels};
use crate::authz::{Facts, Permission, allows};
use crate::http::web::import_page::{self, Kind};
use crate::http::web::{FormData, Page, WebError};

const KIND: Kind = Kind {
    title: labels::TITLE,
    lead: labels::LEAD,
    action: "/candidats/import",
    back: ("/candidats", super::super::labels::CANDIDATES),
    columns: labels::IMPORT_COLUMNS,
    note: labels::note,
};

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let _allowed =
        allows(page.actor(), Permission::CandidateImport, &Facts::default()).map_err(WebError::from)?;
    import_page::blank(&page, &KIND)
}

/// Enrols the people of a file.
#[handler]
pub(super) async fn load(page: Page, form: FormData) -> Result<Response> {
    let sent = import_page::sent(&form);
    let actor = page.actor().clone();
    let done = import::import(&page.app, actor, sent.bytes, sent.name, sent.options).await;
    import_page::answer(&page, &KIND, sent, done)
}
