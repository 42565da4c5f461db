//! What somebody declared against the half-days of a mission, and what they are asked for on the same ones.

use entity::expert;
use entity::mission::{self, MissionState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::db;
use crate::features::availability::queries as time_of;
use crate::features::missions::labels;
use crate::rules::engagement;

/// What a person declared against the half-days of a mission and the other proposals that wait for their answer there, in
/// words, for whoever gives it to them or for themselves: all are kept.
///
/// # Errors
/// What the database answers.
pub async fn contradicted(
    conn: &impl ConnectionTrait,
    mission: &mission::Model,
    person: &expert::Model,
) -> Result<Vec<String>, db::Error> {
    let slots = engagement::taken(*mission.starts_at, *mission.ends_at, &mission.zone);
    let said = time_of::not_free(conn, person.id, &slots).await?;
    let name = person.name();
    let mut told: Vec<String> = said.iter().map(|said| labels::refusals::away(&name, said)).collect();
    let proposed = mission::Entity::find()
        .filter(mission::Column::ExpertId.eq(person.id))
        .filter(mission::Column::State.eq(MissionState::Proposed))
        .filter(mission::Column::Id.ne(mission.id))
        .order_by_asc(mission::Column::Number)
        .all(conn)
        .await?;
    let same = |other: &&mission::Model| {
        let theirs = engagement::taken(*other.starts_at, *other.ends_at, &other.zone);
        let overlaps = *other.starts_at < *mission.ends_at && *other.ends_at > *mission.starts_at;
        overlaps || slots.iter().any(|slot| theirs.contains(slot))
    };
    let also = proposed.iter().filter(same);
    told.extend(also.map(|other| labels::refusals::also_proposed(&name, &other.number)));
    Ok(told)
}
