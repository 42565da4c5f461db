//! The rooms of the register.

use entity::ids::TrainingRoomId;
use entity::training_room::{self, Column};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::authz::{Actor, visible};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};
use crate::features::training::TrainingError;

/// Most rooms of a choice.
const MOST: u64 = 300;

/// What a list of rooms is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomFilter {
    /// Words of the name or of the address.
    pub q: String,
    /// Only this region.
    pub region: Option<String>,
    /// Those that are not used any more too.
    pub retired: bool,
}

/// The rooms that the actor may see, in alphabetical order.
///
/// # Errors
/// What the database answers.
pub async fn rooms(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &RoomFilter,
    page: &PageRequest,
) -> Result<Page<training_room::Model>, db::Error> {
    let mut select = training_room::Entity::find()
        .filter(visible::training_rooms(actor))
        .filter(contains_words(Column::Search, &filter.q));
    if let Some(region) = &filter.region {
        select = select.filter(Column::Region.eq(region.as_str()));
    }
    if !filter.retired {
        select = select.filter(Column::RetiredOn.is_null());
    }
    let rows = keyset(select, Some(Column::Search), Column::Id, false, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: row.search.clone(), id: row.id.0 }))
}

/// A room by its key.
///
/// # Errors
/// [`TrainingError::NotFound`], what the database answers.
pub async fn room(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: TrainingRoomId,
) -> Result<training_room::Model, TrainingError> {
    let found =
        training_room::Entity::find_by_id(id).filter(visible::training_rooms(actor)).one(conn).await?;
    found.ok_or(TrainingError::NotFound)
}

/// The rooms in which a session may be held, by region then by commune.
///
/// # Errors
/// What the database answers.
pub async fn usable_rooms(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<training_room::Model>, db::Error> {
    let found = training_room::Entity::find()
        .filter(visible::training_rooms(actor))
        .filter(Column::RetiredOn.is_null())
        .order_by_asc(Column::Region)
        .order_by_asc(Column::Commune)
        .order_by_asc(Column::Name)
        .limit(MOST);
    Ok(found.all(conn).await?)
}
