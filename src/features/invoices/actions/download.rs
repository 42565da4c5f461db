//! Keeps who took an invoice.

use std::sync::Arc;

use entity::document;

use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};
use crate::features::invoices::{InvoiceError, Record};

/// Records that the file of an invoice was taken, unless by whoever pays it.
///
/// # Errors
/// The refusal of the policy, what the database answers: the file is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    record: &Record,
    document: &document::Model,
) -> Result<(), InvoiceError> {
    if record.invoice.account_id.is_some() && record.invoice.account_id == actor.account_id() {
        return Ok(());
    }
    let reference = record.reference();
    let reading = Reading::Document { document, reference: &reference };
    Ok(record_reading(app, actor, (Permission::InvoiceView, &record.facts()), reading).await?)
}
