//! Takes an invoice back by a credit note: the same lines the other way, its own number. Nothing is ever deleted.

use entity::ids::InvoiceId;
use entity::invoice::{self, InvoiceKind, InvoiceState};
use entity::invoice_line;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::issue::{freeze, step_of_credit};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::input::reason;
use crate::features::invoices::state::Step;
use crate::features::invoices::{InvoiceError, Record, documents};
use crate::features::settings;
use crate::rules::deadline::day_in_zone;
use crate::rules::territory::PARIS;

/// Takes an invoice back. Gives the credit note.
///
/// # Errors
/// No reason, [`InvoiceError::CreditNote`], [`InvoiceError::Stale`], the state, the refusal of the policy, what the database
/// answers.
pub async fn credit(
    tx: &mut Tx,
    id: InvoiceId,
    seen: Option<i32>,
    why: &str,
) -> Result<Record, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceCredit, &record.facts())?;
    record.check_version(seen)?;
    if record.invoice.kind == InvoiceKind::CreditNote {
        return Err(InvoiceError::CreditNote);
    }
    let line = record.next(Step::Credit)?;
    let why = reason(why)?;
    let rules = settings::invoice_rules(tx.conn()).await?;
    let today = day_in_zone(tx.now(), PARIS);
    let mut note = opposite(tx, &record, &why).await?;
    let mentions: Vec<String> = record.invoice.mentions.lines().map(str::to_owned).collect();
    freeze(tx, &mut note, today, &rules, &mentions).await?;
    // what nobody paid is settled by the two together
    let settled = -record.owed();
    let issued = note.next(step_of_credit(note.invoice.total_cents, settled))?;
    note.save(tx, |invoice| {
        invoice.state = issued.to;
        invoice.paid_cents = settled;
    })
    .await?;
    record
        .save(tx, |invoice| {
            invoice.state = line.to;
            invoice.deadline_at = None;
        })
        .await?;
    tx.record(&grant, &InvoiceEvent::of(&record, What::Credited(line, why))).await?;
    let job = documents::order(&note.invoice);
    tx.record(&grant, &InvoiceEvent::of(&note, What::Stepped(issued)).doing(vec![job])).await?;
    Ok(note)
}

/// The credit note of an invoice, still a draft, with its lines.
async fn opposite(tx: &Tx, of: &Record, why: &str) -> Result<Record, InvoiceError> {
    let session = of.session.as_ref().map(|session| session.number.clone()).unwrap_or_default();
    let row = invoice::Model {
        id: tx.new_id(),
        number: None,
        kind: InvoiceKind::CreditNote,
        state: InvoiceState::Draft,
        credits_id: Some(of.invoice.id),
        seller: "{}".to_owned(),
        issued_on: None,
        due_on: None,
        mentions: String::new(),
        net_cents: -of.invoice.net_cents,
        vat_cents: -of.invoice.vat_cents,
        total_cents: -of.invoice.total_cents,
        paid_cents: 0,
        reason: Some(why.to_owned()),
        content_hash: None,
        document_id: None,
        reminders: 0,
        deadline_at: None,
        issued_by: None,
        created_by: tx.actor().account_id(),
        created_at: tx.instant(),
        version: 1,
        search: crate::rules::fold::fold(&format!("{} {session}", of.invoice.party_name)),
        ..of.invoice.clone()
    };
    let insert = invoice::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let mut lines = Vec::new();
    for line in &of.lines {
        let line = invoice_line::Model {
            id: tx.new_id(),
            invoice_id: row.id,
            unit_cents: -line.unit_cents,
            net_cents: -line.net_cents,
            vat_cents: -line.vat_cents,
            ..line.clone()
        };
        let insert = invoice_line::Entity::insert(line.clone().into_active_model().reset_all());
        insert.exec_without_returning(tx.conn()).await?;
        lines.push(line);
    }
    Ok(Record { invoice: row, lines, payments: Vec::new(), session: of.session.clone() })
}
