//! Photos taken during an inspection: what they are is read in their bytes before they come here.

use entity::ids::{InspectionId, InspectionPhotoId};
use entity::inspection_photo;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::record;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::FileInput;
use crate::features::inspections::state::takes_answers;
use crate::features::inspections::{documents, labels};
use crate::storage::receive::{Attached, attach};

/// Keeps a photo of a criterion, or of the whole inspection when none is named.
///
/// # Errors
/// A file that is no photo; an inspection that takes no answer any more; the refusals of every act.
pub async fn add_photo(
    tx: &mut Tx,
    id: InspectionId,
    criterion: &str,
    input: &FileInput,
) -> Result<inspection_photo::Model, InspectionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionPerform, &dossier.facts())?;
    open(&dossier)?;
    if !input.media_type.starts_with("image/") {
        return Err(InspectionError::fault("/file", "not-a-photo", labels::refusals::NOT_A_PHOTO));
    }
    let file = Attached {
        kind: documents::PHOTO,
        title: labels::PHOTO,
        file_name: &input.file_name,
        sha256: &input.sha256,
        size: input.size,
        media_type: input.media_type,
    };
    let document = attach(tx, (documents::SUBJECT, id.0), file).await?;
    let row = inspection_photo::Model {
        id: tx.new_id(),
        inspection_id: id,
        criterion: criterion.trim().to_owned(),
        document_id: document.id,
        file_name: input.file_name.clone(),
        caption: input.note.trim().to_owned(),
        taken_at: tx.instant(),
        change_id: None,
        added_by: tx.actor().account_id(),
        added_at: tx.instant(),
        removed_at: None,
    };
    let row = row.into_active_model().reset_all().insert(tx.conn()).await?;
    let told = ("inspection.photo_added", "CTL_PHOTO_ADDED");
    record(tx, &grant, &dossier, told, (None, None), What::PhotoAdded { document }).await?;
    Ok(row)
}

/// Takes a photo away: it is kept, and shown no more.
///
/// # Errors
/// No such photo; an inspection that takes no answer any more; the refusals of every act.
pub async fn remove_photo(
    tx: &mut Tx,
    id: InspectionId,
    photo: InspectionPhotoId,
) -> Result<inspection_photo::Model, InspectionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionPerform, &dossier.facts())?;
    open(&dossier)?;
    let found = inspection_photo::Entity::find_by_id(photo).lock_exclusive().one(tx.conn()).await?;
    let found = found.filter(|found| found.inspection_id == id && found.removed_at.is_none());
    let row =
        inspection_photo::Model { removed_at: Some(tx.instant()), ..found.ok_or(InspectionError::NotFound)? };
    let row = row.into_active_model().reset_all().update(tx.conn()).await?;
    let told = ("inspection.photo_removed", "CTL_PHOTO_REMOVED");
    let what = What::PhotoRemoved { document: row.document_id };
    record(tx, &grant, &dossier, told, (None, None), what).await?;
    Ok(row)
}

fn open(dossier: &Dossier) -> Result<(), InspectionError> {
    if takes_answers(dossier.inspection.state) {
        return Ok(());
    }
    let detail = labels::refusals::NO_PHOTO_ANY_MORE;
    Err(InspectionError::blocked("inspection-closed-to-answers", detail, Vec::new()))
}
