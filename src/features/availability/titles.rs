//! What the missions of a person are called, on the page of their month.

use std::collections::HashMap;

use entity::mission;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::engagements::Named;
use super::queries::Sheet;
use crate::db;

/// The titles of the missions of a sheet, by their numbers: the sheet names only those that its reader may see.
///
/// # Errors
/// What the database answers.
pub(super) async fn titles(
    conn: &impl ConnectionTrait,
    sheet: &Sheet,
) -> Result<HashMap<String, String>, db::Error> {
    let numbers: Vec<String> = sheet.engagements.values().filter_map(Named::mission).collect();
    if numbers.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, String)> = mission::Entity::find()
        .filter(mission::Column::Number.is_in(numbers))
        .select_only()
        .columns([mission::Column::Number, mission::Column::Title])
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows.into_iter().collect())
}
