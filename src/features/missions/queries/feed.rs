//! What calendars read of the missions of an expert, and the secret address under which they do.

use entity::ids::ExpertId;
use entity::mission::{self, MissionState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::OffsetDateTime;

use crate::authz::hash_token;
use crate::db;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::state::is_held;

/// Most missions that a calendar is given.
const MOST: u64 = 100;

/// Days of past missions and visits kept in calendars.
pub const BEHIND: time::Duration = time::Duration::days(180);

/// The missions that a person holds, for their calendar: recent, present and to come.
///
/// # Errors
/// What the database answers.
pub async fn held_by(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    now: OffsetDateTime,
) -> Result<Vec<Dossier>, MissionError> {
    use mission::Column;
    let rows = mission::Entity::find()
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::State.is_in(MissionState::all().filter(|state| is_held(*state))))
        .filter(Column::EndsAt.gte(entity::Instant::from(now - BEHIND)))
        .order_by_asc(Column::StartsAt)
        .limit(MOST)
        .all(conn)
        .await?;
    Dossier::several(conn, rows).await
}

/// Whose agenda a secret address opens: nobody's once it is closed, or once the person may not sign in any more.
///
/// # Errors
/// What the database answers.
pub async fn owner_of_feed(conn: &impl ConnectionTrait, token: &str) -> Result<Option<ExpertId>, db::Error> {
    use entity::account::{self, AccountState};
    use entity::agenda_feed::{Column, Entity};
    let feed = Entity::find()
        .filter(Column::TokenHash.eq(hash_token(token)))
        .filter(Column::RevokedAt.is_null())
        .one(conn)
        .await?;
    let Some(feed) = feed else { return Ok(None) };
    let account = account::Entity::find()
        .filter(account::Column::ExpertId.eq(feed.expert_id))
        .filter(account::Column::State.eq(AccountState::Active))
        .one(conn)
        .await?;
    Ok(account.map(|_| feed.expert_id))
}

/// Since when the agenda of a person has an address; none without one.
///
/// # Errors
/// What the database answers.
pub async fn feed_since(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
) -> Result<Option<OffsetDateTime>, db::Error> {
    use entity::agenda_feed::{Column, Entity};
    let found = Entity::find()
        .filter(Column::ExpertId.eq(expert))
        .filter(Column::RevokedAt.is_null())
        .one(conn)
        .await?;
    Ok(found.map(|row| *row.created_at))
}
