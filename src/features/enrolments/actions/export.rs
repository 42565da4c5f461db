//! The list of enrolments is taken as a file: who took it, and how many lines it had, is recorded.

use std::sync::Arc;

use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::features::enrolments::EnrolmentError;
use crate::features::enrolments::events::EnrolmentsExported;
use crate::features::enrolments::export::Export;
use crate::features::enrolments::queries::{self, Filter};

/// Records that the list is taken, as a file of that format. The file is then read from the [`Export`].
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn export(
    app: &Arc<App>,
    actor: Actor,
    filter: Filter,
    format: &'static str,
) -> Result<Export, EnrolmentError> {
    let mut tx = app.begin(actor.clone()).await?;
    let grant = tx.authorize(Permission::EnrolmentExport, &Facts::default())?;
    let lines = queries::counted(tx.conn(), &actor, &filter).await?;
    let event = EnrolmentsExported { id: tx.new_id(), format, lines };
    tx.record(&grant, &event).await?;
    tx.commit().await?;
    Ok(Export::begin(Arc::clone(app), actor, filter))
}
