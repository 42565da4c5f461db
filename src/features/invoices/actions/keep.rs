//! Keeps an invoice that the program typeset, and sends it.

use entity::ids::InvoiceId;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::invoices::events::{InvoiceEvent, What};
use crate::features::invoices::record::SUBJECT;
use crate::features::invoices::{InvoiceError, Record, letters};
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document; false when an earlier attempt did.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn keep_document(tx: &mut Tx, id: InvoiceId, new: NewDocument) -> Result<bool, InvoiceError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &record.facts())?;
    if record.invoice.document_id.is_some() {
        return Ok(false);
    }
    let Some(document) = keep(tx, (SUBJECT, id.0), new).await? else { return Ok(false) };
    let key = Some(document.id);
    record.save(tx, |invoice| invoice.document_id = key).await?;
    let mails = letters::issued(tx.app(), &record)?;
    tx.record(&grant, &InvoiceEvent::of(&record, What::Typeset(document)).telling(mails)).await?;
    Ok(true)
}
