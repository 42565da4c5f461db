//! `/factures/{reference}/paiement`: a sum received, or paid back; and the page that takes back one recorded by mistake.

use askama::Template;
use entity::ids::InvoicePaymentId;
use entity::invoice::InvoiceKind;
use entity::invoice_payment::{self, PaymentWay};
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};
use uuid::Uuid;

use super::super::input::TypedPayment;
use super::super::{InvoiceError, Record, actions, labels};
use super::show::totals;
use super::{Refused, found, refusal};
use crate::authz::{Permission, allows};
use crate::http::web::component::{Choice, Fact};
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};
use crate::render::french;
use crate::rules::money::exact;
use crate::rules::typed_date::iso;

/// The page that records a sum.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/pay.html")]
pub struct PayPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Its number.
    pub reference: String,
    /// Its address.
    pub path: String,
    /// What is owed.
    pub totals: Vec<Fact>,
    /// How sums come.
    pub ways: Vec<Choice>,
    /// Whether something is paid back.
    pub back: bool,
    /// Today, the latest day.
    pub today: String,
    /// The form.
    pub form: FormState,
}

/// The page that takes a sum back.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/void_payment.html")]
pub struct VoidPaymentPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Its number.
    pub reference: String,
    /// Its address.
    pub path: String,
    /// Key of the sum.
    pub id: String,
    /// The sum and its day.
    pub payment: Vec<Fact>,
    /// The form.
    pub form: FormState,
}

fn check(page: &Page, record: &Record) -> Result<()> {
    let allowed = allows(page.actor(), Permission::InvoiceManage, &record.facts());
    let _allowed = allowed.map_err(InvoiceError::from).map_err(WebError::from)?;
    Ok(())
}

fn pay_page(
    page: &Page,
    record: &Record,
    (status, form, refused): (StatusCode, FormState, Refused),
) -> Result<Response> {
    check(page, record)?;
    let form = form.with_version(record.invoice.version.into());
    let summary = form.summary(labels::NOT_DONE);
    let back = record.invoice.kind == InvoiceKind::CreditNote;
    let title = if back { labels::PAY_BACK } else { labels::PAY };
    let context = PayPage {
        shell: page.shell(title).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        path: record.path(),
        totals: totals(record),
        ways: PaymentWay::all().map(|one| Choice::new(one.word(), labels::way(one))).collect(),
        back,
        today: iso(page.app.today()),
        form,
    };
    page.answer_with(status, &context)
}

/// The form.
#[handler]
pub(super) async fn ask_pay(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let record = found(&page, &reference).await.map_err(WebError::from)?;
    let form = FormState::filled([
        ("amount", exact(record.owed().abs())),
        ("received_on", iso(page.app.today())),
        ("way", PaymentWay::Transfer.word()),
    ]);
    pay_page(&page, &record, (StatusCode::OK, form, None))
}

/// Records it.
#[handler]
pub(super) async fn do_pay(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedPayment {
        amount: text("amount"),
        received_on: text("received_on"),
        way: text("way"),
        reference: text("reference"),
    };
    let done = async {
        let id = found(&page, &reference).await?.invoice.id;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let record = Box::pin(actions::pay(&mut tx, id, form.version(), &typed)).await?;
        tx.commit().await?;
        Ok::<_, InvoiceError>(record)
    };
    match Box::pin(done).await {
        Ok(record) => Ok(flash::redirect(&record.path(), &labels::paid(record.owed()))),
        Err(error) => {
            let refused = refusal(error, &form)?;
            let record = found(&page, &reference).await.map_err(WebError::from)?;
            pay_page(&page, &record, refused)
        }
    }
}

fn payment_of(record: &Record, id: Uuid) -> Result<&invoice_payment::Model, InvoiceError> {
    let known = record.payments.iter().find(|row| row.id.0 == id && row.voided_at.is_none());
    known.ok_or(InvoiceError::NotFound)
}

fn void_page(
    page: &Page,
    record: &Record,
    id: Uuid,
    (status, form, refused): (StatusCode, FormState, Refused),
) -> Result<Response> {
    check(page, record)?;
    let row = payment_of(record, id).map_err(WebError::from)?;
    let form = form.with_version(record.invoice.version.into());
    let summary = form.summary(labels::NOT_DONE);
    let context = VoidPaymentPage {
        shell: page.shell(labels::VOID_PAYMENT).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        path: record.path(),
        id: id.to_string(),
        payment: vec![
            Fact::new(labels::way(row.way), french::money_cents(row.amount_cents))
                .with_note(french::date(row.received_on)),
        ],
        form,
    };
    page.answer_with(status, &context)
}

/// Asks before taking a sum back.
#[handler]
pub(super) async fn ask_void(page: Page, Path((reference, id)): Path<(String, Uuid)>) -> Result<Response> {
    let record = found(&page, &reference).await.map_err(WebError::from)?;
    void_page(&page, &record, id, (StatusCode::OK, FormState::default(), None))
}

/// Takes it back.
#[handler]
pub(super) async fn do_void(
    page: Page,
    Path((reference, id)): Path<(String, Uuid)>,
    form: FormData,
) -> Result<Response> {
    let done = async {
        let invoice = found(&page, &reference).await?.invoice.id;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let reason = form.text("reason");
        let voided = actions::void_payment(&mut tx, invoice, InvoicePaymentId(id), form.version(), reason);
        let record = Box::pin(voided).await?;
        tx.commit().await?;
        Ok::<_, InvoiceError>(record)
    };
    match Box::pin(done).await {
        Ok(record) => Ok(flash::redirect(&record.path(), &labels::payment_voided())),
        Err(error) => {
            let refused = refusal(error, &form)?;
            let record = found(&page, &reference).await.map_err(WebError::from)?;
            void_page(&page, &record, id, refused)
        }
    }
}
