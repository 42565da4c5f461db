//! Takes a copy of the journal that verifies alone.

use std::sync::Arc;

use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::features::journal::error::JournalError;
use crate::features::journal::events::JournalEvent;
use crate::features::journal::export::Export;
use crate::worker::seal;

/// Seals what waits, begins the copy, and records that it was taken. The file is then read from the [`Export`].
///
/// # Errors
/// The policy refuses, or the database.
pub async fn export(app: &Arc<App>, actor: Actor) -> Result<Export, JournalError> {
    let _ = crate::authz::allows(&actor, Permission::JournalExport, &Facts::default())?;
    if let Err(error) = seal::seal_now(app).await {
        tracing::warn!(%error, "exporting without sealing what waits");
    }
    let export = Export::begin(Arc::clone(app)).await?;
    let header = export.header();
    let event = JournalEvent::Exported { tree_size: header.tree_size, root: header.root.clone() };
    let mut tx = app.begin(actor).await?;
    let grant = tx.authorize(Permission::JournalExport, &Facts::default())?;
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(export)
}
