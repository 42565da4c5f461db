//! Reads of inspections; every list starts from what the actor may see (`authz::visible::inspections`).

use entity::ids::InspectionId;
use entity::{inspection_answer, inspection_change, nonconformity};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

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
