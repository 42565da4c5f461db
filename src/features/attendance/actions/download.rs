//! Keeps who took the sheet of a half-day, or the proof of a sequence.

use std::sync::Arc;

use entity::document;

use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};
use crate::features::attendance::AttendanceError;

/// Records that a file was taken.
///
/// # Errors
/// The refusal of the policy, what the database answers: the file is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    (facts, reference): (&Facts, &str),
    document: &document::Model,
) -> Result<(), AttendanceError> {
    let reading = Reading::Document { document, reference };
    Ok(record_reading(app, actor, (Permission::AttendanceView, facts), reading).await?)
}
