//! The missions offered or accepted that are still to be done, for whoever weighs the ties of people again.

use std::collections::HashMap;
use std::sync::Arc;

use entity::ids::{ExpertId, MissionId};
use entity::mission::{self, Column, MissionState};
use entity::mission_offer;
use futures_util::future::BoxFuture;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::standing;
use crate::app::App;
use crate::db;
use crate::features::ties::Held;
use crate::rules::deadline;

/// What an alert about a tie names its object.
pub(super) const OBJECT_KIND: &str = "mission";

/// The missions in a structure that somebody was offered or has accepted, when ties matter to them.
///
/// # Errors
/// What the database answers.
pub fn missions_held(app: &Arc<App>) -> BoxFuture<'_, Result<Vec<Held>, db::Error>> {
    Box::pin(read(app))
}

async fn read(app: &Arc<App>) -> Result<Vec<Held>, db::Error> {
    let conn = app.db.read();
    let rows = mission::Entity::find()
        .filter(Column::State.is_in([MissionState::Proposed, MissionState::Accepted]))
        .filter(Column::StructureId.is_not_null())
        .order_by_asc(Column::Id)
        .all(conn)
        .await?;
    // Ties were weighed when the mission was offered to the person; the last offer counts.
    let offers: Vec<(MissionId, ExpertId, entity::Instant)> = mission_offer::Entity::find()
        .filter(mission_offer::Column::MissionId.is_in(rows.iter().map(|row| row.id)))
        .filter(mission_offer::Column::SentAt.is_not_null())
        .order_by_asc(mission_offer::Column::SentAt)
        .select_only()
        .columns([
            mission_offer::Column::MissionId,
            mission_offer::Column::ExpertId,
            mission_offer::Column::SentAt,
        ])
        .into_tuple()
        .all(conn)
        .await?;
    let offered: HashMap<_, _> =
        offers.into_iter().map(|(mission, expert, at)| ((mission, expert), at)).collect();
    let held = |row: mission::Model| {
        let on = deadline::date_in_zone(*row.starts_at, &row.zone).ok();
        let given_at = offered.get(&(row.id, row.expert_id)).copied().unwrap_or(row.created_at);
        Some(Held {
            object_kind: OBJECT_KIND,
            object_id: row.id.0,
            reference: row.number,
            expert: row.expert_id,
            structure: row.structure_id?,
            duty: standing::tied_duty(row.object)?,
            on,
            given_at: *given_at,
            reasoned: row.tie_override.is_some(),
        })
    };
    Ok(rows.into_iter().filter_map(held).collect())
}
