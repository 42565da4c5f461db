//! Reads of settings for screens and the API. The features read typed values through the face of this one.

use entity::setting;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::Value;

use super::{Key, SettingError};
use crate::authz::{self, Actor, Facts, Permission};

/// A setting as it applies now.
#[derive(Clone, Debug, PartialEq)]
pub struct Current {
    /// Which one.
    pub key: Key,
    /// Its value.
    pub value: Value,
    /// Its version; 0 until somebody changed it.
    pub version: i32,
    /// Whether the value is the one proposed by the program.
    pub is_default: bool,
}

/// Every setting.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn list(conn: &impl ConnectionTrait, actor: &Actor) -> Result<Vec<Current>, SettingError> {
    let _seen = authz::allows(actor, Permission::SettingView, &Facts::default())?;
    let names = Key::ALL.map(|key| key.name().to_owned());
    let rows = setting::Entity::find().filter(setting::Column::Key.is_in(names)).all(conn).await?;
    let current = |key: Key| {
        let row = rows.iter().find(|row| row.key == key.name());
        let value = row.map_or_else(|| key.default_value(), |row| row.value.clone());
        Current {
            key,
            version: row.map_or(0, |row| row.version),
            is_default: value == key.default_value(),
            value,
        }
    };
    Ok(Key::ALL.into_iter().map(current).collect())
}

/// One setting.
///
/// # Errors
/// [`SettingError::NotFound`], the refusal of the policy, what the database answers.
pub async fn get(conn: &impl ConnectionTrait, actor: &Actor, name: &str) -> Result<Current, SettingError> {
    let all = list(conn, actor).await?;
    all.into_iter().find(|current| current.key.name() == name).ok_or(SettingError::NotFound)
}
