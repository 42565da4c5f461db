//! Records a sum received, or paid back for a credit note; takes back one that was recorded by mistake. Nothing is received of
//! an individual before the end of the days to withdraw (labour code, L. 6353-6).

use entity::ids::{InvoiceId, InvoicePaymentId};
use entity::invoice::{InvoiceKind, InvoiceParty};
use entity::invoice_payment::{self, PaidBy};
use entity::{enrolment, training_buyer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use time::Date;

use crate::authz::Permission;
use crate::db::Tx;
use crate::error::{DomainError, Fault};
use crate::features::enrolments::payments;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::input::{TypedPayment, reason};
use crate::features::invoices::state::{Step, paying, returning};
use crate::features::invoices::{InvoiceError, Record};
use crate::rules::deadline::{add_days, day_in_zone, end_of_day};
use crate::rules::territory::PARIS;

/// Records a sum.
///
/// # Errors
/// The faults, that of the days to withdraw among them with the first day on which a sum may be received;
/// [`InvoiceError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn pay(
    tx: &mut Tx,
    id: InvoiceId,
    seen: Option<i32>,
    typed: &TypedPayment,
) -> Result<Record, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceManage, &record.facts())?;
    record.check_version(seen)?;
    record.next(Step::Settle)?;
    let Some(issued_on) = record.invoice.issued_on else { return Err(InvoiceError::NotFound) };
    let today = day_in_zone(tx.now(), PARIS);
    let payment = typed.read(record.owed().abs(), issued_on, today)?;
    if record.invoice.kind == InvoiceKind::Invoice {
        check_withdrawal(tx, &record, payment.received_on).await?;
    }
    let amount = payment.amount_cents * record.invoice.total_cents.signum();
    let line = record.next(paying(record.invoice.total_cents, record.invoice.paid_cents + amount))?;
    let row = invoice_payment::Model {
        id: tx.new_id(),
        invoice_id: id,
        amount_cents: amount,
        received_on: payment.received_on,
        way: payment.way,
        payer: if record.invoice.party == InvoiceParty::Funder { PaidBy::Funder } else { PaidBy::Buyer },
        reference: payment.reference,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
        void_reason: None,
    };
    let insert = invoice_payment::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let settled = line.step == Step::Settle;
    record
        .save(tx, |invoice| {
            invoice.state = line.to;
            invoice.paid_cents += amount;
            if settled {
                invoice.deadline_at = None;
            }
        })
        .await?;
    let what = What::Paid(line, row.id, amount);
    record.payments.push(row);
    tx.record(&grant, &InvoiceEvent::of(&record, what)).await?;
    Ok(record)
}

/// Refuses a sum of an individual that comes too early, for anybody of the invoice.
async fn check_withdrawal(tx: &Tx, record: &Record, received_on: Date) -> Result<(), InvoiceError> {
    let Some(buyer) = record.invoice.buyer_id.filter(|_| record.invoice.party != InvoiceParty::Funder) else {
        return Ok(());
    };
    let buyer = training_buyer::Entity::find_by_id(buyer).one(tx.conn()).await?;
    let Some(buyer) = buyer else { return Ok(()) };
    let people = enrolment::Entity::find()
        .filter(enrolment::Column::Id.is_in(record.lines.iter().filter_map(|line| line.enrolment_id)))
        .all(tx.conn())
        .await?;
    for row in people {
        if let Err(error) = payments::check(&row, buyer.kind, received_on) {
            let at = |fault: Fault| Fault::new("/received_on", fault.code, fault.message);
            return Err(InvoiceError::Invalid(error.faults().into_iter().map(at).collect()));
        }
    }
    Ok(())
}

/// Takes back a sum that was recorded by mistake; its line stays, with the reason.
///
/// # Errors
/// No reason, [`InvoiceError::NotFound`] for a sum that there is not, or not any more; [`InvoiceError::Stale`], the state, the
/// refusal of the policy, what the database answers.
pub async fn void_payment(
    tx: &mut Tx,
    id: InvoiceId,
    payment: InvoicePaymentId,
    seen: Option<i32>,
    why: &str,
) -> Result<Record, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceManage, &record.facts())?;
    record.check_version(seen)?;
    let place = record.payments.iter().position(|row| row.id == payment && row.voided_at.is_none());
    let place = place.ok_or(InvoiceError::NotFound)?;
    let why = reason(why)?;
    let amount = record.payments[place].amount_cents;
    let line = record.next(returning(record.invoice.paid_cents - amount))?;
    let now = tx.instant();
    let row = &mut record.payments[place];
    row.voided_at = Some(now);
    row.void_reason = Some(why.clone());
    invoice_payment::Entity::update(row.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let today = day_in_zone(tx.now(), PARIS);
    let due = record.invoice.due_on.filter(|_| record.invoice.kind == InvoiceKind::Invoice);
    // a date due that is behind rings tomorrow
    let alarm = due.and_then(|due| end_of_day(due.max(add_days(today, 1)), PARIS).ok());
    record
        .save(tx, |invoice| {
            invoice.state = line.to;
            invoice.paid_cents -= amount;
            invoice.deadline_at = alarm.map(Into::into);
        })
        .await?;
    tx.record(&grant, &InvoiceEvent::of(&record, What::Voided(line, payment, why))).await?;
    Ok(record)
}
