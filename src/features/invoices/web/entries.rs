//! `/factures/ecritures`: the accounting entries of a period, as a file that streams.

use askama::Template;
use poem::http::{StatusCode, header};
use poem::{Body, Response, Result, handler};

use super::super::input::period;
use super::super::{InvoiceError, actions, labels};
use super::{Refused, refusal};
use crate::authz::{Facts, Permission, allows};
use crate::http::web::address::disposition;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters};
use crate::render::spreadsheet;
use crate::rules::typed_date::iso;

/// `/factures/ecritures`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/entries.html")]
pub struct EntriesPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// The form.
    pub form: FormState,
}

fn answer(page: &Page, (status, form, refused): (StatusCode, FormState, Refused)) -> Result<Response> {
    let summary = form.summary(labels::NOT_DONE);
    let shell = page.shell(labels::EXPORT).with_errors(summary.is_some());
    page.answer_with(status, &EntriesPage { shell, summary, refused, form })
}

/// The page.
#[handler]
pub(super) async fn show(page: Page) -> Result<Response> {
    let allowed = allows(page.actor(), Permission::InvoiceExport, &Facts::default());
    let _allowed = allowed.map_err(InvoiceError::from).map_err(WebError::from)?;
    let today = page.app.today();
    let first = today.replace_day(1).unwrap_or(today);
    let form = FormState::filled([("from", iso(first)), ("until", iso(today))]);
    answer(&page, (StatusCode::OK, form, None))
}

/// The file.
#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    let done = async {
        let period = period(form.text("from"), form.text("until"))?;
        let export = actions::export(&page.app, page.actor().clone(), period).await?;
        Ok::<_, InvoiceError>((period, export))
    };
    match done.await {
        Ok(((from, until), export)) => {
            let name = format!("ecritures-{}-{}.csv", iso(from), iso(until));
            Ok(Response::builder()
                .header(header::CONTENT_TYPE, spreadsheet::CSV)
                .header(header::CONTENT_DISPOSITION, disposition(&name))
                .header(header::CACHE_CONTROL, "no-store")
                .body(Body::from_bytes_stream(export.stream())))
        }
        Err(error) => answer(&page, refusal(error, &form)?),
    }
}
