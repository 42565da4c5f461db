//! The invoice as a Factur-X: a PDF/A-3 to read, with the same invoice as data inside. Typeset after the commit that froze it,
//! from its rows and nothing else.

use std::sync::Arc;

use entity::ids::InvoiceId;
use entity::invoice::{self, InvoiceKind};
use serde::Deserialize;
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime, Time};

use super::{InvoiceError, Record, actions, facturx, labels, queries, wording};
use crate::app::App;
use crate::authz::Actor;
use crate::config::Config;
use crate::events::Job;
use crate::features::agreements::documents::facts::issuer;
use crate::render::french;
use crate::render::pdf::FACTUR_X;
use crate::rules::deadline::instant;
use crate::rules::siret::Siret;
use crate::rules::territory::PARIS;
use crate::rules::training::billing::Totals;
use crate::storage::issued::{self, Draft};
use crate::worker::WorkError;

/// Name of the work that typesets one invoice.
pub const JOB: &str = "invoices.typeset";
/// Name of the template.
pub const TEMPLATE: &str = "invoice";
const ACTOR: &str = "invoices.typeset";
/// Version of the template.
const VERSION: &str = "1";

/// What a piece of work says.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Order {
    invoice_id: InvoiceId,
}

/// The work that typesets an invoice.
#[must_use]
pub fn order(invoice: &invoice::Model) -> Job {
    let mut job = Job::now(JOB, json!({ "invoice_id": invoice.id }));
    job.dedupe = Some(format!("invoice:{}", invoice.id));
    job
}

/// Typesets the invoice that a piece of work asks for. Doing it twice gives one document.
///
/// # Errors
/// [`WorkError::Retry`] when something was away, [`WorkError::GiveUp`] when trying again would fail the same way.
pub async fn issue(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let conn = app.db.read();
    let record = Record::by_id(conn, order.invoice_id).await?;
    if record.invoice.number.is_none() || record.invoice.document_id.is_some() {
        return Ok(());
    }
    record.check_content()?;
    let credited = match record.invoice.credits_id {
        Some(_) => queries::other_side(conn, &record).await?,
        None => None,
    };
    let number = record.reference();
    let draft = draft(&app.config, &record, credited.as_ref(), (&number, app.now()))?;
    let new = issued::typeset(app, draft).await?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(InvoiceError::from)?;
    if Box::pin(actions::keep_document(&mut tx, order.invoice_id, new)).await? {
        tx.commit().await.map_err(InvoiceError::from)?;
    }
    Ok(())
}

fn draft<'a>(
    config: &Config,
    record: &Record,
    credited: Option<&invoice::Model>,
    (number, now): (&'a str, OffsetDateTime),
) -> Result<Draft<'a>, InvoiceError> {
    let invoice = &record.invoice;
    let title = labels::kind(invoice.kind);
    // the day of the invoice dates its file, however late it is typeset
    let noon = |day| instant(day, Time::MIDNIGHT + Duration::hours(12), PARIS).ok();
    let at = invoice.issued_on.and_then(noon).unwrap_or(now);
    Ok(Draft {
        kind: if invoice.kind == InvoiceKind::Invoice { "invoice" } else { "invoice.credit_note" },
        template: TEMPLATE,
        title,
        file_name: issued::file_name(title, number, VERSION),
        reference: number,
        data: data(config, record, credited)?,
        files: vec![(FACTUR_X, facturx::write(record, credited)?.into_bytes())],
        at,
    })
}

fn known(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn grouped(siret: &str) -> Option<String> {
    let siret = known(siret)?;
    Some(Siret::parse(siret).map_or_else(|_| siret.to_owned(), Siret::grouped))
}

/// The variables of the template. What a credit note gives back is told without sign, as the European standard wants.
///
/// # Errors
/// When a row was altered.
pub fn data(
    config: &Config,
    record: &Record,
    credited: Option<&invoice::Model>,
) -> Result<Value, InvoiceError> {
    let invoice = &record.invoice;
    let seller = record.seller()?;
    let mut issuer = issuer(config);
    issuer["name"] = json!(seller.name);
    issuer["address"] = json!(seller.address);
    issuer["siret"] = json!(grouped(&seller.siret));
    let money = |cents: i64| french::money_cents(cents.abs());
    let lines: Vec<_> = record
        .lines
        .iter()
        .map(|line| {
            json!({
                "kind": labels::line_kind(line.kind),
                "label": line.label,
                "quantity": wording::hundredths(line.quantity),
                "unit": money(line.unit_cents),
                "rate": wording::rate(line.vat_basis_points),
                "net": money(line.net_cents),
            })
        })
        .collect();
    let totals = Totals::of(record.lines.iter().map(|line| (line.net_cents, line.vat_basis_points)));
    let rates: Vec<_> = totals
        .rates
        .iter()
        .map(|(rate, total)| {
            json!({
                "rate": wording::rate(*rate),
                "net": money(total.net_cents),
                "vat": money(total.vat_cents),
            })
        })
        .collect();
    Ok(json!({
        "issuer": issuer,
        "number": record.reference(),
        "kind": labels::kind(invoice.kind),
        "on": invoice.issued_on.map(french::date),
        "due_on": invoice.due_on.filter(|_| invoice.kind == InvoiceKind::Invoice).map(french::date),
        "seller": {
            "name": seller.name,
            "legal_form": known(&seller.legal_form),
            "siret": grouped(&seller.siret),
            "address": seller.address,
        },
        "party": {
            "name": invoice.party_name,
            "siret": grouped(&invoice.party_siret),
            "address": known(&invoice.party_address),
            "reference": known(&invoice.party_reference),
        },
        "subject": invoice.subject,
        "credits": credited.and_then(|row| Some(json!({
            "number": row.number.clone()?,
            "on": french::date(row.issued_on?),
        }))),
        "reason": invoice.reason,
        "lines": lines,
        "rates": rates,
        "net": money(invoice.net_cents),
        "vat": money(invoice.vat_cents),
        "total": money(invoice.total_cents),
        "mentions": invoice.mentions.lines().collect::<Vec<_>>(),
    }))
}
