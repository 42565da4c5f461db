//! Keeps who took a document of a candidate.

use std::sync::Arc;

use entity::document;

use super::super::CandidateError;
use super::super::dossier::Dossier;
use crate::app::App;
use crate::authz::{Actor, Permission};
use crate::db::{Reading, record_reading};

/// Records that a document was taken, unless by the structure that follows the candidate.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    dossier: &Dossier,
    document: &document::Model,
) -> Result<(), CandidateError> {
    if actor.structures().any(|own| own == dossier.structure.id) {
        return Ok(());
    }
    let facts = dossier.facts();
    let reading = Reading::Document { document, reference: &dossier.candidate.number };
    Ok(record_reading(app, actor, (Permission::CandidateView, &facts), reading).await?)
}
