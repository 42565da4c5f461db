//! Keeps who took a document of a mission.

use std::sync::Arc;

use entity::document;

use super::super::MissionError;
use super::super::dossier::Dossier;
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};

/// Records that a document was taken, unless by the person of the mission.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    dossier: &Dossier,
    document: &document::Model,
) -> Result<(), MissionError> {
    if actor.expert() == Some(dossier.mission.expert_id) {
        return Ok(());
    }
    let facts = dossier.facts();
    let reading = Reading::Document { document, reference: &dossier.mission.number };
    Ok(record_reading(app, actor, (Permission::MissionView, &facts), reading).await?)
}
