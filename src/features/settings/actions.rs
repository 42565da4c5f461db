//! Changes a setting, or gives it back its default.

use entity::setting;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};
use serde_json::Value;

use super::events::SettingChanged;
use super::{Current, Key, SettingError};
use crate::authz::{Facts, Permission};
use crate::db::Tx;

/// Records a value; none gives back the default. `seen` is the version that the person saw, 0 when the default
/// applied; without it, whatever the version.
///
/// # Errors
/// Every fault of the value, [`SettingError::Stale`], the refusal of the policy, what the database answers.
pub async fn change(
    tx: &mut Tx,
    key: Key,
    seen: Option<i32>,
    proposed: Option<&Value>,
) -> Result<Current, SettingError> {
    let row = setting::Entity::find_by_id(key.name().to_owned()).lock_exclusive().one(tx.conn()).await?;
    let grant = tx.authorize(Permission::SettingEdit, &Facts::default())?;
    let version = row.as_ref().map_or(0, |row| row.version);
    if seen.is_some_and(|seen| seen != version) {
        return Err(SettingError::Stale);
    }
    let value = match proposed {
        Some(proposed) => key.checked(proposed).map_err(SettingError::Invalid)?,
        None => key.default_value(),
    };
    let before = row.as_ref().map_or_else(|| key.default_value(), |row| row.value.clone());
    let known = row.is_some();
    let row = setting::Model {
        key: key.name().to_owned(),
        value: value.clone(),
        version: version + 1,
        changed_at: tx.instant(),
        changed_by: tx.actor().account_id(),
    };
    let active = row.into_active_model().reset_all();
    if known {
        setting::Entity::update(active).exec(tx.conn()).await?;
    } else {
        let inserted = setting::Entity::insert(active).exec_without_returning(tx.conn()).await;
        inserted.map_err(|error| {
            if crate::db::is_unique_violation(&error) { SettingError::Stale } else { error.into() }
        })?;
    }
    tx.record(&grant, &SettingChanged { key, before, after: value.clone() }).await?;
    Ok(Current { key, is_default: value == key.default_value(), value, version: version + 1 })
}
