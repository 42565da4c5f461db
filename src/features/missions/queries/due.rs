//! Until when offers are answered.

use std::collections::HashMap;

use entity::ids::MissionId;
use entity::mission_offer::{Column, Entity, OfferState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::db;

/// Until when the offers under way of these missions wait for their answer.
///
/// # Errors
/// What the database answers.
pub async fn answers_due(
    conn: &impl ConnectionTrait,
    missions: &[MissionId],
) -> Result<HashMap<MissionId, OffsetDateTime>, db::Error> {
    let rows = Entity::find()
        .filter(Column::MissionId.is_in(missions.iter().copied()))
        .filter(Column::State.eq(OfferState::Sent))
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.mission_id, *row.due_at?))).collect())
}
