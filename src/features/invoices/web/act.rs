//! The acts of an invoice that are asked before they are done: issue, give up, take back; and the form of its party.

use askama::Template;
use poem::http::StatusCode;
use poem::web::Path;
use poem::{Response, Result, handler};

use super::super::input::TypedParty;
use super::super::{InvoiceError, Record, actions, labels, letters, wording};
use super::{Refused, found, refusal};
use crate::authz::{Permission, allows};
use crate::features::settings;
use crate::http::web::form::{ErrorSummary, FormState};
use crate::http::web::layout::Shell;
use crate::http::web::{FormData, Page, WebError, filters, flash};

/// An act that is asked before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Issue,
    Discard,
    Credit,
}

impl Act {
    const fn verb(self) -> &'static str {
        match self {
            Self::Issue => "emettre",
            Self::Discard => "abandonner",
            Self::Credit => "avoir",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Issue => labels::ISSUE,
            Self::Discard => labels::DISCARD,
            Self::Credit => labels::CREDIT,
        }
    }

    const fn permission(self) -> Permission {
        match self {
            Self::Issue | Self::Discard => Permission::InvoiceManage,
            Self::Credit => Permission::InvoiceCredit,
        }
    }
}

/// The page of an act.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/confirm.html")]
pub struct ConfirmPage {
    /// The shell.
    pub shell: Shell,
    /// What did not work.
    pub summary: Option<ErrorSummary>,
    /// What stands in the way.
    pub refused: Refused,
    /// Its number.
    pub reference: String,
    /// To whom.
    pub party: String,
    /// Its address.
    pub path: String,
    /// Last part of the address of the act.
    pub verb: &'static str,
    /// What the button says.
    pub title: &'static str,
    /// What it does.
    pub consequences: Vec<String>,
    /// Whether a reason is wanted.
    pub reasoned: bool,
    /// Whether it is not undone.
    pub danger: bool,
    /// The form.
    pub form: FormState,
}

/// The page of the party of a draft.
#[derive(Template, Clone, Debug)]
#[template(path = "web/invoices/edit.html")]
pub struct EditPage {
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
    /// Whether the party has a SIRET.
    pub company: bool,
    /// The form.
    pub form: FormState,
}

async fn consequences(page: &Page, record: &Record, act: Act) -> Result<Vec<String>, InvoiceError> {
    Ok(match act {
        Act::Issue => {
            let rules = settings::invoice_rules(page.app.db.read()).await?;
            wording::issuing(rules.due_days, letters::recipient(record).is_some())
        }
        Act::Discard => vec![wording::DISCARDING.to_owned()],
        Act::Credit => {
            let invoice = &record.invoice;
            wording::crediting(&record.reference(), invoice.total_cents, invoice.paid_cents)
        }
    })
}

async fn ask(
    page: &Page,
    reference: &str,
    act: Act,
    (status, form, refused): (StatusCode, FormState, Refused),
) -> Result<Response> {
    let record = found(page, reference).await.map_err(WebError::from)?;
    let allowed = allows(page.actor(), act.permission(), &record.facts());
    let _allowed = allowed.map_err(InvoiceError::from).map_err(WebError::from)?;
    let form = form.with_version(record.invoice.version.into());
    let summary = form.summary(labels::NOT_DONE);
    let context = ConfirmPage {
        shell: page.shell(act.title()).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        party: record.invoice.party_name.clone(),
        path: record.path(),
        verb: act.verb(),
        title: act.title(),
        consequences: consequences(page, &record, act).await.map_err(WebError::from)?,
        reasoned: act == Act::Credit,
        danger: act != Act::Issue,
        form,
    };
    page.answer_with(status, &context)
}

fn first() -> (StatusCode, FormState, Refused) {
    (StatusCode::OK, FormState::default(), None)
}

async fn perform(page: &Page, reference: &str, act: Act, form: &FormData) -> Result<Response> {
    let done = async {
        let id = found(page, reference).await?.invoice.id;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let record = match act {
            Act::Issue => Box::pin(actions::issue(&mut tx, id, form.version())).await?,
            Act::Discard => actions::discard(&mut tx, id, form.version()).await?,
            Act::Credit => {
                Box::pin(actions::credit(&mut tx, id, form.version(), form.text("reason"))).await?
            }
        };
        tx.commit().await?;
        Ok::<_, InvoiceError>(record)
    };
    match Box::pin(done).await {
        Ok(record) => {
            let said = match act {
                Act::Issue => labels::issued(&record.reference()),
                Act::Discard => labels::discarded(),
                Act::Credit => labels::credited(&record.reference()),
            };
            Ok(flash::redirect(&record.path(), &said))
        }
        Err(error) => ask(page, reference, act, refusal(error, form)?).await,
    }
}

/// Asks before issuing.
#[handler]
pub(super) async fn ask_issue(page: Page, Path(reference): Path<String>) -> Result<Response> {
    ask(&page, &reference, Act::Issue, first()).await
}

/// Issues.
#[handler]
pub(super) async fn do_issue(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    perform(&page, &reference, Act::Issue, &form).await
}

/// Asks before giving a draft up.
#[handler]
pub(super) async fn ask_discard(page: Page, Path(reference): Path<String>) -> Result<Response> {
    ask(&page, &reference, Act::Discard, first()).await
}

/// Gives it up.
#[handler]
pub(super) async fn do_discard(
    page: Page,
    Path(reference): Path<String>,
    form: FormData,
) -> Result<Response> {
    perform(&page, &reference, Act::Discard, &form).await
}

/// Asks before taking an invoice back.
#[handler]
pub(super) async fn ask_credit(page: Page, Path(reference): Path<String>) -> Result<Response> {
    ask(&page, &reference, Act::Credit, first()).await
}

/// Takes it back.
#[handler]
pub(super) async fn do_credit(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    perform(&page, &reference, Act::Credit, &form).await
}

fn edit_page(
    page: &Page,
    record: &Record,
    (status, form, refused): (StatusCode, FormState, Refused),
) -> Result<Response> {
    let allowed = allows(page.actor(), Permission::InvoiceManage, &record.facts());
    let _allowed = allowed.map_err(InvoiceError::from).map_err(WebError::from)?;
    let form = form.with_version(record.invoice.version.into());
    let summary = form.summary(labels::NOT_DONE);
    let context = EditPage {
        shell: page.shell(labels::EDIT).with_errors(summary.is_some()),
        summary,
        refused,
        reference: record.reference(),
        path: record.path(),
        company: record.invoice.party != entity::invoice::InvoiceParty::Person,
        form,
    };
    page.answer_with(status, &context)
}

/// The form of the party.
#[handler]
pub(super) async fn ask_edit(page: Page, Path(reference): Path<String>) -> Result<Response> {
    let record = found(&page, &reference).await.map_err(WebError::from)?;
    let invoice = &record.invoice;
    let form = FormState::filled([
        ("name", invoice.party_name.as_str()),
        ("siret", invoice.party_siret.as_str()),
        ("address", invoice.party_address.as_str()),
        ("reference", invoice.party_reference.as_str()),
        ("email", invoice.party_email.as_str()),
    ]);
    edit_page(&page, &record, (StatusCode::OK, form, None))
}

/// Keeps it.
#[handler]
pub(super) async fn keep_edit(page: Page, Path(reference): Path<String>, form: FormData) -> Result<Response> {
    let text = |name: &str| form.text(name).to_owned();
    let typed = TypedParty {
        name: text("name"),
        siret: text("siret"),
        address: text("address"),
        reference: text("reference"),
        email: text("email"),
    };
    let done = async {
        let id = found(&page, &reference).await?.invoice.id;
        let mut tx = page.app.begin(page.actor().clone()).await?;
        let record = actions::edit(&mut tx, id, form.version(), &typed).await?;
        tx.commit().await?;
        Ok::<_, InvoiceError>(record)
    };
    match Box::pin(done).await {
        Ok(record) => Ok(flash::redirect(&record.path(), &labels::edited())),
        Err(error) => {
            let refused = refusal(error, &form)?;
            let record = found(&page, &reference).await.map_err(WebError::from)?;
            edit_page(&page, &record, refused)
        }
    }
}
