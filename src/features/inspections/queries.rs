//! Reads of inspections; every list starts from what the actor may see (`authz::visible::inspections`).

mod answered;
mod drawn;
mod list;
mod proposed;
mod waiting;

pub use answered::{Answered, actions_of, answers_to};
pub use drawn::{DrawFilter, draw, draw_by_number, draw_document, draws, draws_of, picks};
pub use list::{Filter, Found, Names, by_number, get, list, names, right};
pub use proposed::{Proposed, proposed};
pub use waiting::{Waiting, waiting};

use entity::ids::{DocumentId, InspectionId};
use entity::inspection_change::ChangeOutcome;
use entity::{
    document, inspection, inspection_answer, inspection_change, inspection_comment, inspection_photo,
    nonconformity,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::documents::{self, SUBJECT};
use super::dossier::Dossier;
use super::error::InspectionError;
use super::state::is_told;
use crate::authz::Actor;
use crate::db;

/// The answers of a grid.
///
/// # Errors
/// What the database answers.
pub async fn answers(
    conn: &impl ConnectionTrait,
    inspection: InspectionId,
) -> Result<Vec<inspection_answer::Model>, db::Error> {
    let select = inspection_answer::Entity::find()
        .filter(inspection_answer::Column::InspectionId.eq(inspection))
        .order_by_asc(inspection_answer::Column::Criterion);
    Ok(select.all(conn).await?)
}

/// What a tablet sent under a key, if it did.
///
/// # Errors
/// What the database answers.
pub async fn change(
    conn: &impl ConnectionTrait,
    inspection: InspectionId,
    key: Uuid,
) -> Result<Option<inspection_change::Model>, db::Error> {
    let select = inspection_change::Entity::find()
        .filter(inspection_change::Column::InspectionId.eq(inspection))
        .filter(inspection_change::Column::Key.eq(key));
    Ok(select.one(conn).await?)
}

/// The gaps of an inspection, in the order of the grid.
///
/// # Errors
/// What the database answers.
pub async fn gaps(
    conn: &impl ConnectionTrait,
    inspection: InspectionId,
) -> Result<Vec<nonconformity::Model>, db::Error> {
    let select = nonconformity::Entity::find()
        .filter(nonconformity::Column::InspectionId.eq(inspection))
        .order_by_asc(nonconformity::Column::Position);
    Ok(select.all(conn).await?)
}

/// What the structure answered to the provisional report, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn comments(
    conn: &impl ConnectionTrait,
    id: InspectionId,
) -> Result<Vec<inspection_comment::Model>, db::Error> {
    let select = inspection_comment::Entity::find()
        .filter(inspection_comment::Column::InspectionId.eq(id))
        .order_by_asc(inspection_comment::Column::Id);
    Ok(select.all(conn).await?)
}

/// The photos of an inspection, those taken away left out.
///
/// # Errors
/// What the database answers.
pub async fn photos(
    conn: &impl ConnectionTrait,
    id: InspectionId,
) -> Result<Vec<inspection_photo::Model>, db::Error> {
    let select = inspection_photo::Entity::find()
        .filter(inspection_photo::Column::InspectionId.eq(id))
        .filter(inspection_photo::Column::RemovedAt.is_null())
        .order_by_asc(inspection_photo::Column::Id);
    Ok(select.all(conn).await?)
}

/// What was kept aside and waits for somebody to choose, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn unsettled(
    conn: &impl ConnectionTrait,
    id: InspectionId,
) -> Result<Vec<inspection_change::Model>, db::Error> {
    let select = inspection_change::Entity::find()
        .filter(inspection_change::Column::InspectionId.eq(id))
        .filter(inspection_change::Column::Outcome.is_in([ChangeOutcome::Conflict, ChangeOutcome::Aside]))
        .filter(inspection_change::Column::SettledAt.is_null())
        .order_by_asc(inspection_change::Column::Id);
    Ok(select.all(conn).await?)
}

/// The inspections that check the actions of this one, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn follow_ups(
    conn: &impl ConnectionTrait,
    id: InspectionId,
) -> Result<Vec<inspection::Model>, db::Error> {
    let select = inspection::Entity::find()
        .filter(inspection::Column::FollowsId.eq(id))
        .order_by_asc(inspection::Column::Id);
    Ok(select.all(conn).await?)
}

/// Whether an actor reads a document: photos and the grid are for the structure once the report left.
fn reads(actor: &Actor, dossier: &Dossier, kind: &str) -> bool {
    let inside = kind == documents::PHOTO;
    actor.is_staff()
        || actor.expert().is_some() && actor.expert() == dossier.inspection.controller_id
        || !inside
        || is_told(dossier.inspection.state)
}

/// The documents of an inspection that the actor reads, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn documents(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    dossier: &Dossier,
) -> Result<Vec<document::Model>, db::Error> {
    let select = document::Entity::find()
        .filter(document::Column::SubjectKind.eq(SUBJECT))
        .filter(document::Column::SubjectId.eq(dossier.inspection.id.0))
        .order_by_asc(document::Column::Id);
    let mut found = select.all(conn).await?;
    found.retain(|one| reads(actor, dossier, &one.kind));
    Ok(found)
}

/// One of them.
///
/// # Errors
/// [`InspectionError::NotFound`], what the database answers.
pub async fn document(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    dossier: &Dossier,
    id: DocumentId,
) -> Result<document::Model, InspectionError> {
    let found = documents(conn, actor, dossier).await?;
    found.into_iter().find(|one| one.id == id).ok_or(InspectionError::NotFound)
}
