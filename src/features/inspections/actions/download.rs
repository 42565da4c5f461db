//! Keeps who took a document of an inspection.

use std::sync::Arc;

use entity::{document, draw};

use super::super::dossier::Dossier;
use super::super::error::InspectionError;
use crate::app::App;
use crate::authz::{Actor, Facts, Permission};
use crate::db::{Reading, record_reading};

/// Records that a document was taken, unless by whoever inspects.
///
/// # Errors
/// The refusal of the policy, what the database answers: the document is then not given.
pub async fn download(
    app: &Arc<App>,
    actor: &Actor,
    dossier: &Dossier,
    document: &document::Model,
) -> Result<(), InspectionError> {
    if actor.expert().is_some() && actor.expert() == dossier.inspection.controller_id {
        return Ok(());
    }
    let facts = dossier.facts();
    let reading = Reading::Document { document, reference: &dossier.inspection.number };
    Ok(record_reading(app, actor, (Permission::InspectionView, &facts), reading).await?)
}

/// Records that the record of a draw was taken.
///
/// # Errors
/// As [`download`].
pub async fn download_record(
    app: &Arc<App>,
    actor: &Actor,
    row: &draw::Model,
    document: &document::Model,
) -> Result<(), InspectionError> {
    let reading = Reading::Document { document, reference: &row.number };
    Ok(record_reading(app, actor, (Permission::DrawView, &Facts::default()), reading).await?)
}
