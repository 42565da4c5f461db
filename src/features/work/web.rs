//! `/documents-a-refaire`: the documents that the program could not typeset, each with the button that makes it again.

use askama::Template;
use poem::web::{Path, Query};
use poem::{Response, Result, Route, get, handler, post};
use serde::Deserialize;
use time::OffsetDateTime;
use uuid::Uuid;

use super::queries::{self, FailedDocument};
use super::{actions, labels};
use crate::db::{Cursor, PageRequest};
use crate::http::web::component::Pagination;
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// The zone in which the team reads hours.
const ZONE: &str = "Europe/Paris";
const ROWS: u64 = 25;
const PATH: &str = "/documents-a-refaire";

/// One document of the list.
#[derive(Clone, Debug)]
pub struct FailedDocumentRow {
    /// Its title.
    pub title: &'static str,
    /// Number of the file; may be empty.
    pub reference: String,
    /// The page of the file; may be empty.
    pub page: String,
    /// Why it failed.
    pub error: String,
    /// When the act ordered it.
    pub at: OffsetDateTime,
    /// Where the button sends.
    pub redo: String,
}

impl From<FailedDocument> for FailedDocumentRow {
    fn from(document: FailedDocument) -> Self {
        Self {
            title: document.title,
            reference: document.reference,
            page: document.page,
            error: document.error,
            at: *document.created_at,
            redo: format!("{PATH}/{}/refaire", document.id),
        }
    }
}

/// The page.
#[derive(Template, Clone, Debug)]
#[template(path = "web/work/list.html")]
pub struct FailedDocumentsPage {
    /// The shell.
    pub shell: Shell,
    /// Zone of the hours.
    pub zone: &'static str,
    /// The documents.
    pub rows: Vec<FailedDocumentRow>,
    /// Where the list continues.
    pub pages: Pagination,
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    suite: String,
}

/// Adds the page.
#[must_use]
pub fn pages(route: Route) -> Route {
    route.at("/documents-a-refaire", get(list)).at(format!("{PATH}/:id/refaire"), post(redo))
}

#[handler]
async fn list(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    let mut request = PageRequest::first(ROWS);
    request.after = Cursor::decode(&asked.suite);
    let start = request.after.is_none();
    let found = queries::list(page.app.db.read(), page.actor(), &request).await.map_err(WebError::from)?;
    let next = found.next.as_ref().map(|cursor| format!("{PATH}?suite={}", cursor.encode()));
    page.answer(&FailedDocumentsPage {
        shell: page.shell(labels::LIST),
        zone: ZONE,
        rows: found.items.into_iter().map(FailedDocumentRow::from).collect(),
        pages: Pagination { first: (!start).then(|| PATH.to_owned()), next },
    })
}

#[handler]
async fn redo(page: Page, Path(id): Path<Uuid>, _form: FormData) -> Result<Response> {
    let mut tx = page.app.begin(page.actor().clone()).await.map_err(WebError::from)?;
    actions::redo(&mut tx, id.into()).await.map_err(WebError::from)?;
    tx.commit().await.map_err(WebError::from)?;
    Ok(flash::redirect(PATH, &labels::redone()))
}
