//! `/api/v1/settings`.

use std::sync::Arc;

use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Any;
use poem_openapi::{ApiResponse, Object, OpenApi};
use serde_json::Value;

use super::{Current, SettingError, actions, queries};
use crate::app::App;
use crate::http::api::{ApiError, Caller, PageParams, Read, ShortText, Tag, if_match};

/// What the certifier may change without a new version of the program.
pub struct SettingsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A setting.
#[derive(Clone, Debug, Object)]
pub struct SettingOut {
    /// Name.
    pub key: String,
    /// Value that applies.
    pub value: Any<Value>,
    /// Whether it is the one proposed by the program.
    pub is_default: bool,
    /// Version; 0 until somebody changed it.
    pub version: i32,
}

/// Every setting.
#[derive(Clone, Debug, Object)]
pub struct SettingPage {
    /// The settings.
    pub items: Vec<SettingOut>,
    /// Where the next page starts.
    pub next_cursor: Option<String>,
}

/// A new value.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct SettingIn {
    /// The whole value; what is left out of an object takes its default. Null gives back the default.
    pub value: Any<Option<Value>>,
}

/// Every setting.
#[derive(ApiResponse)]
enum Listed {
    /// The settings.
    #[oai(status = 200)]
    Page(Json<SettingPage>),
}

impl From<Current> for SettingOut {
    fn from(current: Current) -> Self {
        Self {
            key: current.key.name().to_owned(),
            value: Any(current.value),
            is_default: current.is_default,
            version: current.version,
        }
    }
}

#[OpenApi(prefix_path = "/settings", tag = "Tag::Settings")]
impl SettingsApi {
    /// List settings
    #[oai(path = "/", method = "get", operation_id = "setting_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Listed, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let all = queries::list(self.app.db.read(), &caller.0).await?;
        let (found, next_cursor) = PageParams::part(all, &page, |one| one.key.name().to_owned())?;
        let items = found.into_iter().map(SettingOut::from).collect();
        Ok(Listed::Page(Json(SettingPage { items, next_cursor })))
    }

    /// Read a setting
    #[oai(path = "/:key", method = "get", operation_id = "setting_get")]
    async fn get(&self, caller: Caller, key: Path<ShortText>) -> Result<Read<SettingOut>, ApiError> {
        let current = queries::get(self.app.db.read(), &caller.0, &key.0.0).await?;
        let version = current.version;
        Ok(Read::new(current.into(), version))
    }

    /// Change a setting
    ///
    /// The value is complete; `If-Match` is needed, `"0"` when the default applied.
    #[oai(path = "/:key", method = "patch", operation_id = "setting_edit")]
    async fn edit(
        &self,
        caller: Caller,
        key: Path<ShortText>,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<SettingIn>,
    ) -> Result<Read<SettingOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let known = queries::get(self.app.db.read(), &caller.0, &key.0.0).await?.key;
        let mut tx = self.app.begin(caller.0).await?;
        let current = actions::change(&mut tx, known, Some(seen), body.0.value.0.as_ref()).await;
        let current = current.map_err(under_value)?;
        tx.commit().await?;
        let version = current.version;
        Ok(Read::new(current.into(), version))
    }
}

/// The faults of a value are those of the field `value`.
fn under_value(error: SettingError) -> SettingError {
    let SettingError::Invalid(mut faults) = error else { return error };
    for fault in &mut faults {
        fault.pointer = format!("/value{}", fault.pointer);
    }
    SettingError::Invalid(faults)
}
