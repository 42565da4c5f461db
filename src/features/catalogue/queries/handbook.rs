//! What everybody is given before they enrol: the version in force of the terms, of the rules and of the booklet.

use entity::document;
use entity::training_handbook::{Column, Entity, HandbookKind};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use time::Date;

use crate::features::catalogue::CatalogueError;
use crate::features::programmes::queries::handbook_in_force;

/// The kinds that have a version in force on a day.
pub(super) async fn in_force(
    conn: &impl ConnectionTrait,
    on: Date,
) -> Result<Vec<HandbookKind>, CatalogueError> {
    let kinds: Vec<HandbookKind> = Entity::find()
        .select_only()
        .column(Column::Kind)
        .distinct()
        .filter(Column::InForceOn.lte(on))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(HandbookKind::all().filter(|kind| kinds.contains(kind)).collect())
}

/// The document in force on a day.
///
/// # Errors
/// [`CatalogueError::NotFound`] when there is none, what the database answers.
pub async fn handbook(
    conn: &impl ConnectionTrait,
    kind: HandbookKind,
    on: Date,
) -> Result<document::Model, CatalogueError> {
    let row = handbook_in_force(conn, kind, on).await?.ok_or(CatalogueError::NotFound)?;
    let found = document::Entity::find_by_id(row.document_id).one(conn).await?;
    found.ok_or(CatalogueError::NotFound)
}
