//! `/factures-recues/{token}`: whoever has no account reads their invoice.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::{InvoiceError, Record, labels, link, queries};
use super::show::{facts, totals};
use crate::http::web::component::{Fact, Status};
use crate::http::web::layout::Shell;
use crate::http::web::page::PublicPage;
use crate::http::web::{WebError, download, filters};

/// `/factures-recues/{token}`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/read.html")]
pub struct ReadPage {
    /// The shell.
    pub shell: Shell,
    /// Its number.
    pub reference: String,
    /// The training and its dates.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// What there is to know.
    pub facts: Vec<Fact>,
    /// What is owed.
    pub totals: Vec<Fact>,
    /// Whether its file is ready.
    pub ready: bool,
    /// The address of this page.
    pub at: String,
}

async fn given_to(page: &PublicPage, token: &str) -> Result<Record, InvoiceError> {
    let id = link::invoice(&page.app, token)?.ok_or(InvoiceError::NotFound)?;
    Record::by_id(page.app.db.read(), id).await
}

/// The page.
#[handler]
pub(super) async fn received(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let record = given_to(&page, &token).await.map_err(WebError::from)?;
    let invoice = &record.invoice;
    let context = ReadPage {
        shell: page.shell(labels::READ),
        reference: record.reference(),
        subject: invoice.subject.clone(),
        status: labels::standing(invoice.kind, invoice.state, record.is_late(page.app.today())),
        facts: facts(&record, None, false),
        totals: totals(&record),
        ready: invoice.document_id.is_some(),
        at: format!("/factures-recues/{token}"),
    };
    page.answer_with(StatusCode::OK, &context)
}

/// Its file.
#[handler]
pub(super) async fn given(page: PublicPage, Path(token): Path<String>) -> Result<Response> {
    let done = async {
        let record = given_to(&page, &token).await?;
        let file = queries::document(page.app.db.read(), &record).await?;
        let content = page.app.storage.get(&file.sha256).await?;
        Ok::<_, InvoiceError>(download::attachment(&file.media_type, &file.download_name(), content))
    };
    Ok(done.await.map_err(WebError::from)?)
}
