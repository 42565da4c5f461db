//! Keeps a document that the program typeset, once.

use entity::draw;
use entity::ids::{DrawId, InspectionId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::record;
use crate::authz::{Facts, Permission};
use crate::db::Tx;
use crate::features::inspections::documents;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::{DrawEvent, DrawWhat, What};
use crate::storage::issued::{NewDocument, keep};

/// Keeps the document of an inspection; false when an earlier attempt did, and nothing is then left to commit.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_document(
    tx: &mut Tx,
    id: InspectionId,
    new: NewDocument,
) -> Result<bool, InspectionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::DocumentIssue, &dossier.facts())?;
    let (template, archival) = (new.template, new.archival);
    let Some(document) = keep(tx, (documents::SUBJECT, id.0), new).await? else { return Ok(false) };
    let what = What::DocumentIssued { document, template, archival };
    let told = ("inspection.document_issued", "CTL_DOCUMENT_ISSUED");
    record(tx, &grant, &dossier, told, (None, None), what).await?;
    Ok(true)
}

/// Keeps the record of a draw; false when an earlier attempt did.
///
/// # Errors
/// The refusals of every act.
pub async fn issue_record(tx: &mut Tx, id: DrawId, new: NewDocument) -> Result<bool, InspectionError> {
    let row = draw::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let row = row.ok_or(InspectionError::NotFound)?;
    let grant = tx.authorize(Permission::DocumentIssue, &Facts::default())?;
    let archival = new.archival;
    let Some(document) = keep(tx, (documents::DRAW_SUBJECT, id.0), new).await? else { return Ok(false) };
    let row = draw::Model { document_id: Some(document.id), version: row.version + 1, ..row };
    let row = row.into_active_model().reset_all().update(tx.conn()).await?;
    let event = DrawEvent {
        draw: &row,
        line: ("draw.record_issued", "DRAW_RECORD_ISSUED"),
        states: (None, None),
        what: DrawWhat::Record { document, archival },
    };
    tx.record(&grant, &event).await?;
    Ok(true)
}
