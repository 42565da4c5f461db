//! The pages of invoices: the list, what a session may be invoiced, one of them, its acts, the accounting entries, the page of
//! whoever has no account. Each act has its page, with what it does told before; every one works without a script.

mod act;
mod entries;
mod link;
mod list;
mod pay;
mod prepare;
mod show;

pub use act::{ConfirmPage, EditPage};
pub use entries::EntriesPage;
pub use link::ReadPage;
pub use list::{InvoiceRow, InvoicesPage};
pub use pay::{PayPage, VoidPaymentPage};
pub use prepare::{PlannedRow, PreparePage};
pub use show::{InvoiceShowPage, LineRow, PaymentRow};

use poem::http::StatusCode;
use poem::{Result, Route, get};

use super::{InvoiceError, Record};
use crate::error::{DomainError, ErrorKind};
use crate::http::web::form::{FieldErrors, FormState};
use crate::http::web::{FormData, Page, WebError};

/// What stands in the way, and each reason.
type Refused = Option<(String, Vec<String>)>;

/// Adds the pages of invoices.
#[must_use]
pub fn pages(route: Route) -> Route {
    route
        .at("/factures", get(list::show))
        .at("/factures/nouvelle", get(prepare::show).post(prepare::send))
        .at("/factures/ecritures", get(entries::show).post(entries::send))
        .at("/factures/:reference", get(show::show))
        .at("/factures/:reference/fichier", get(show::read_file))
        .at("/factures/:reference/destinataire", get(act::ask_edit).post(act::keep_edit))
        .at("/factures/:reference/emettre", get(act::ask_issue).post(act::do_issue))
        .at("/factures/:reference/abandonner", get(act::ask_discard).post(act::do_discard))
        .at("/factures/:reference/avoir", get(act::ask_credit).post(act::do_credit))
        .at("/factures/:reference/paiement", get(pay::ask_pay).post(pay::do_pay))
        .at("/factures/:reference/paiements/:id/retirer", get(pay::ask_void).post(pay::do_void))
        .at("/factures-recues/:token", get(link::received))
        .at("/factures-recues/:token/fichier", get(link::given))
}

async fn found(page: &Page, reference: &str) -> Result<Record, InvoiceError> {
    Record::by_reference(page.app.db.read(), page.actor(), reference).await
}

/// How a refusal comes back on its page; what is no refusal of this page is an error page.
fn refusal(error: InvoiceError, form: &FormData) -> Result<(StatusCode, FormState, Refused)> {
    let status = match error.kind() {
        ErrorKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorKind::Conflict | ErrorKind::Stale => StatusCode::CONFLICT,
        _ => return Err(WebError::from(error).into()),
    };
    let errors: FieldErrors =
        error.faults().into_iter().map(|fault| (fault.pointer, fault.message)).collect();
    let refused = errors.is_empty().then(|| (error.detail(), error.blocking()));
    Ok((status, FormState::filled(form.fields()).with_errors(errors), refused))
}
