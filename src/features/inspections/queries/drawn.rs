//! Draws and what they drew.

use entity::draw::{self, DrawState};
use entity::ids::{DrawId, InspectionId};
use entity::{document, draw_pick};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::super::error::InspectionError;
use crate::authz::{Actor, Facts, Permission, allows};
use crate::db::{self, Cursor, Page, PageRequest, contains_words, keyset};

/// What a list of draws is limited to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawFilter {
    /// Words of the number or of the title.
    pub q: String,
    /// In this state.
    pub state: Option<DrawState>,
}

/// The draws, the latest number first.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn draws(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &DrawFilter,
    page: &PageRequest,
) -> Result<Page<draw::Model>, InspectionError> {
    use draw::Column;
    let _seen = allows(actor, Permission::DrawView, &Facts::default())?;
    let mut wanted = Condition::all().add(contains_words(Column::Search, &filter.q));
    if let Some(state) = filter.state {
        wanted = wanted.add(Column::State.eq(state));
    }
    let select = draw::Entity::find().filter(wanted);
    let rows = keyset(select, Some(Column::Number), Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: row.number.clone(), id: row.id.0 }))
}

/// The draw of a key.
///
/// # Errors
/// [`InspectionError::NotFound`], the refusal of the policy, what the database answers.
pub async fn draw(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: DrawId,
) -> Result<draw::Model, InspectionError> {
    let _seen = allows(actor, Permission::DrawView, &Facts::default())?;
    draw::Entity::find_by_id(id).one(conn).await?.ok_or(InspectionError::NotFound)
}

/// The draw of a number.
///
/// # Errors
/// [`InspectionError::NotFound`], the refusal of the policy, what the database answers.
pub async fn draw_by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<draw::Model, InspectionError> {
    let _seen = allows(actor, Permission::DrawView, &Facts::default())?;
    let found = draw::Entity::find().filter(draw::Column::Number.eq(number)).one(conn).await?;
    found.ok_or(InspectionError::NotFound)
}

/// The draws of files for an inspection, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn draws_of(
    conn: &impl ConnectionTrait,
    inspection: InspectionId,
) -> Result<Vec<draw::Model>, db::Error> {
    let select =
        draw::Entity::find().filter(draw::Column::InspectionId.eq(inspection)).order_by_asc(draw::Column::Id);
    Ok(select.all(conn).await?)
}

/// What a draw drew, in the order of the draw.
///
/// # Errors
/// What the database answers.
pub async fn picks(conn: &impl ConnectionTrait, id: DrawId) -> Result<Vec<draw_pick::Model>, db::Error> {
    let select = draw_pick::Entity::find()
        .filter(draw_pick::Column::DrawId.eq(id))
        .order_by_asc(draw_pick::Column::Position);
    Ok(select.all(conn).await?)
}

/// The record of a draw, once it was typeset.
///
/// # Errors
/// What the database answers.
pub async fn draw_document(
    conn: &impl ConnectionTrait,
    row: &draw::Model,
) -> Result<Option<document::Model>, db::Error> {
    let Some(id) = row.document_id else { return Ok(None) };
    Ok(document::Entity::find_by_id(id).one(conn).await?)
}
