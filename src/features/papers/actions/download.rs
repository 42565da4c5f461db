//! Keeps who took a paper.

use std::sync::Arc;

use entity::document;

use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};
use crate::features::papers::{PaperError, Record};

/// Records that the file of a paper was taken, unless by whoever it is about.
///
/// # Errors
/// The refusal of the policy, what the database answers: the file is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    record: &Record,
    document: &document::Model,
) -> Result<(), PaperError> {
    if record.paper.account_id.is_some() && record.paper.account_id == actor.account_id() {
        return Ok(());
    }
    let reference = record.reference();
    let reading = Reading::Document { document, reference: &reference };
    Ok(record_reading(app, actor, (Permission::PaperView, &record.facts()), reading).await?)
}
