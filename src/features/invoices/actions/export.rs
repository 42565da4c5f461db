//! The entries of a period are taken as a file: who took them is recorded.

use std::sync::Arc;

use time::Date;

use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::features::invoices::events::EntriesExported;
use crate::features::invoices::export::Export;
use crate::features::invoices::{InvoiceError, queries};
use crate::features::settings;

/// Records that the entries are taken. The file is then read from the [`Export`].
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn export(app: &Arc<App>, actor: Actor, period: (Date, Date)) -> Result<Export, InvoiceError> {
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::InvoiceExport, &Facts::default())?;
    let pieces = queries::pieces_of(tx.conn(), period).await?;
    let rules = settings::invoice_rules(tx.conn()).await?;
    let event = EntriesExported { id: tx.new_id(), from: period.0, until: period.1, pieces };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(Export::begin(Arc::clone(app), period, rules.accounts))
}
