//! Gives a draft up: what it would have invoiced may be invoiced again.

use entity::ids::InvoiceId;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::state::Step;
use crate::features::invoices::{InvoiceError, Record};

/// Gives a draft up.
///
/// # Errors
/// [`InvoiceError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn discard(tx: &mut Tx, id: InvoiceId, seen: Option<i32>) -> Result<Record, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InvoiceManage, &record.facts())?;
    record.check_version(seen)?;
    let line = record.next(Step::Discard)?;
    record.save(tx, |invoice| invoice.state = line.to).await?;
    tx.record(&grant, &InvoiceEvent::of(&record, What::Stepped(line))).await?;
    Ok(record)
}
