//! The list of sessions is taken as a file: who took it, and how many lines it had, is recorded.

use std::sync::Arc;

use super::super::TrainingError;
use super::super::events::SessionsExported;
use super::super::export::Export;
use super::super::queries::{self, Filter};
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Semicolons, UTF-8.
    Csv,
    /// A workbook.
    Xlsx,
}

impl Format {
    const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }
}

/// Records that the list is taken. The file is then read from the [`Export`].
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn export(
    app: &Arc<App>,
    actor: Actor,
    filter: Filter,
    format: Format,
) -> Result<Export, TrainingError> {
    let mut tx = app.begin(actor.clone()).await?;
    let grant = tx.authorize(Permission::TrainingExport, &Facts::default())?;
    let lines = queries::counted(tx.conn(), &actor, &filter).await?;
    let event = SessionsExported { id: tx.new_id(), format: format.word(), lines };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(Export::begin(Arc::clone(app), actor, filter))
}
