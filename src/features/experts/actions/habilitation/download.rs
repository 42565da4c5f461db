//! Keeps who took a document of a file of habilitation.

use std::sync::Arc;

use entity::document;

use super::facts;
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};
use crate::features::experts::ExpertError;
use crate::features::experts::queries::Path;

/// Records that a document was taken, unless by the person whose file it is.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    path: &Path,
    document: &document::Model,
) -> Result<(), ExpertError> {
    if actor.expert() == Some(path.expert.id) {
        return Ok(());
    }
    let facts = facts(&path.habilitation.file, &path.expert, actor, Permission::ExpertView);
    let reading = Reading::Document { document, reference: &path.expert.number };
    Ok(record_reading(app, actor, (Permission::ExpertView, &facts), reading).await?)
}
