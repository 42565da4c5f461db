//! Where structures are, for whoever must name the day of something done there.

use std::collections::HashMap;

use entity::agreement_request;
use entity::ids::StructureId;
use entity::structure::{Column, Entity};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, RelationDef};

/// The IANA zones of these structures, in one query.
///
/// # Errors
/// What the database answers.
pub async fn zones_of(
    conn: &impl ConnectionTrait,
    structures: &[StructureId],
) -> Result<HashMap<StructureId, String>, DbErr> {
    let zones: Vec<(StructureId, String)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Zone])
        .filter(Column::Id.is_in(structures.iter().copied()))
        .into_tuple()
        .all(conn)
        .await?;
    Ok(zones.into_iter().collect())
}

/// From a request to the structure that makes it, where its visit takes place.
#[must_use]
pub fn structure_of_request() -> RelationDef {
    agreement_request::Entity::belongs_to(Entity)
        .from(agreement_request::Column::StructureId)
        .to(Column::Id)
        .into()
}
