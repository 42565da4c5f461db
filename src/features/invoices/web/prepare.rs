//! `/factures/nouvelle`: what a session may be invoiced, then the drafts.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Query;
use poem::{Response, Result, handler};
use serde::Deserialize;
use uuid::Uuid;

use super::super::queries::plan::{Planned, plan};
use super::super::{InvoiceError, actions, labels, queries, wording};
use super::{Refused, refusal};
use crate::authz::{Facts, Permission, allows_somewhere};
use crate::http::web::address::with_query;
use crate::http::web::component::Choice;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;

/// A draft that may be prepared.
#[derive(Clone, Debug)]
pub struct PlannedRow {
    /// Who would be invoiced.
    pub name: String,
    /// As what.
    pub party: &'static str,
    /// The lines, with their amounts.
    pub lines: Vec<String>,
    /// The whole, before tax.
    pub net: String,
}

impl From<&Planned> for PlannedRow {
    fn from(planned: &Planned) -> Self {
        let line = |line: &queries::plan::PlannedLine| wording::amount_of(&line.label, line.cents);
        Self {
            name: planned.name.clone(),
            party: labels::party(planned.party),
            lines: planned.lines.iter().map(line).collect(),
            net: french::money_cents(planned.net()),
        }
    }
}

/// `/factures/nouvelle`.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/prepare.html")]
pub struct PreparePage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Title of the session; none before one is chosen.
    pub session: Option<String>,
    /// What it may be invoiced.
    pub rows: Vec<PlannedRow>,
    /// To whom.
    pub choices: Vec<Choice>,
    /// The form.
    pub form: FormState,
}

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    session: String,
}

/// The page.
#[handler]
pub(super) async fn show(page: Page, Query(asked): Query<Asked>) -> Result<Response> {
    allows_somewhere(page.actor(), Permission::InvoiceManage, &Facts::default()).map_err(WebError::from)?;
    answer(&page, StatusCode::OK, asked.session.trim(), (FormState::default(), None)).await
}

async fn answer(
    page: &Page,
    status: StatusCode,
    number: &str,
    (form, refused): (FormState, Refused),
) -> Result<Response> {
    let mut form = form.with_value("session", number);
    let mut status = status;
    let (mut session, mut planned) = (None, Vec::new());
    if !number.is_empty() {
        let conn = page.app.db.read();
        match queries::session_to_invoice(conn, page.actor(), number).await {
            Ok(row) => {
                planned = plan(conn, &row).await.map_err(WebError::from)?;
                session = Some(format!("{}, {}", row.number, row.title));
            }
            Err(InvoiceError::NotFound) => {
                status = StatusCode::UNPROCESSABLE_ENTITY;
                let fault = ("/session".to_owned(), labels::faults::SESSION.to_owned());
                form = form.with_errors([fault].into_iter().collect());
            }
            Err(error) => return Err(WebError::from(error).into()),
        }
    }
    let summary = form.summary(labels::NOT_DONE);
    let choice =
        |one: &Planned| Choice::new(one.target.key().to_string(), wording::amount_of(&one.name, one.net()));
    let context = PreparePage {
        shell: page.shell(labels::PREPARE).with_errors(summary.is_some()),
        summary,
        refused,
        session,
        rows: planned.iter().map(Into::into).collect(),
        choices: planned.iter().map(choice).collect(),
        form,
    };
    page.answer_with(status, &context)
}

/// Prepares the drafts that are ticked.
#[handler]
pub(super) async fn send(page: Page, form: FormData) -> Result<Response> {
    let number = form.text("session").to_owned();
    let wanted: Vec<Uuid> = form.all("targets").iter().filter_map(|key| key.parse().ok()).collect();
    let done = async {
        let session = queries::session_to_invoice(page.app.db.read(), page.actor(), &number).await?;
        if wanted.is_empty() {
            return Err(InvoiceError::fault("/targets", "missing", labels::faults::CHOICE));
        }
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let records = Box::pin(actions::prepare(&mut tx, session.id, &wanted)).await?;
        tx.commit().await?;
        Ok::<_, InvoiceError>(records)
    };
    match Box::pin(done).await {
        Ok(records) => {
            let path = match records.as_slice() {
                [one] => one.path(),
                _ => with_query("/factures", &[("etat", "draft"), ("q", number.as_str())]),
            };
            Ok(flash::redirect(&path, &labels::prepared(records.len())))
        }
        Err(error) => {
            let (status, state, refused) = refusal(error, &form)?;
            answer(&page, status, &number, (state, refused)).await
        }
    }
}
