//! The messages of invoices: who is written to, with a link that opens it without an account.

use entity::invoice::{InvoiceKind, InvoiceParty};
use serde_json::{Value, json};

use super::record::Record;
use super::{InvoiceError, labels, link};
use crate::app::App;
use crate::events::{Mail, Recipient};
use crate::render::french;

/// Who is written to: the accounts of the structure, the address that was given, the person at the address of their
/// enrolment; nobody without any.
#[must_use]
pub(super) fn recipient(record: &Record) -> Option<Recipient> {
    let invoice = &record.invoice;
    if let Some(id) = invoice.structure_id.filter(|_| invoice.party == InvoiceParty::Company) {
        return Some(Recipient::Structure { id });
    }
    let person = record.lines.iter().find_map(|line| line.enrolment_id);
    let email = invoice.party_email.trim();
    match (invoice.party, person) {
        (InvoiceParty::Person, Some(id)) => Some(Recipient::Enrolment { id }),
        _ if email.is_empty() => None,
        _ => Some(Recipient::Address { address: email.to_owned() }),
    }
}

fn common(record: &Record, link: String) -> Value {
    let invoice = &record.invoice;
    json!({
        "number": record.reference(),
        "kind_label": labels::kind(invoice.kind),
        "subject": invoice.subject,
        "total": french::money_cents(invoice.total_cents.abs()),
        "due_on": invoice.due_on.map(french::date),
        "link": link,
    })
}

/// Gives an invoice, or a credit note, to its party.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn issued(app: &App, record: &Record) -> Result<Vec<Mail>, InvoiceError> {
    let Some(to) = recipient(record) else { return Ok(Vec::new()) };
    let mut variables = common(record, app.url(&link::path(app, record.invoice.id)?));
    let invoice = &record.invoice;
    let credit = invoice.kind == InvoiceKind::CreditNote;
    variables["credit"] = json!(credit);
    let back = Some(-record.owed()).filter(|cents| credit && *cents > 0);
    variables["to_pay_back"] = json!(back.map(french::money_cents));
    Ok(vec![Mail::new("invoice-issued", to, labels::WHY_PARTY, variables)])
}

/// Reminds whoever has not paid; none when nobody can be written to.
///
/// # Errors
/// When the key of the installation cannot be read.
pub(super) fn overdue(app: &App, record: &Record) -> Result<Option<Mail>, InvoiceError> {
    let Some(to) = recipient(record) else { return Ok(None) };
    let mut variables = common(record, app.url(&link::path(app, record.invoice.id)?));
    variables["owed"] = json!(french::money_cents(record.owed()));
    Ok(Some(Mail::new("invoice-overdue", to, labels::WHY_PARTY, variables)))
}

/// Tells the team that reminders did nothing, or that nobody could be reminded.
pub(super) fn late(app: &App, record: &Record) -> Mail {
    let mut variables = common(record, app.url(&record.path()));
    variables["owed"] = json!(french::money_cents(record.owed()));
    variables["party_name"] = json!(record.invoice.party_name);
    variables["reminders"] = json!(record.invoice.reminders);
    Mail::new("invoice-late", Recipient::Managers, labels::WHY_TEAM, variables)
}
