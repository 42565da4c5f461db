//! A cancelled mission and those that resume it.

use entity::ids::MissionId;
use entity::mission::{self, Column};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::authz::{Actor, visible};
use crate::db;

/// The numbers of the mission that a mission resumes, if any, and of those that resume it, as far as the actor sees them.
///
/// # Errors
/// What the database answers.
pub async fn resumption(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    mission: &mission::Model,
) -> Result<(Option<String>, Vec<String>), db::Error> {
    let either = Condition::any().add(Column::ResumesId.eq(mission.id));
    let either = match mission.resumes_id {
        Some(id) => either.add(Column::Id.eq(id)),
        None => either,
    };
    let found = mission::Entity::find().filter(visible::missions(actor)).filter(either);
    let rows = found.order_by_asc(Column::Number).all(conn).await?;
    let of = |id: MissionId| rows.iter().find(|row| row.id == id).map(|row| row.number.clone());
    let after = rows.iter().filter(|row| row.resumes_id == Some(mission.id)).map(|row| row.number.clone());
    Ok((mission.resumes_id.and_then(of), after.collect()))
}
