//! `/api/v1/users/me/sessions`: the browsers in which one is signed in.

use std::sync::Arc;

use entity::web_session;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Object, OpenApi};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::Done;
use crate::app::App;
use crate::features::accounts::{actions, queries};
use crate::http::api::{ApiError, Caller, PageParams, Tag};

/// One's own sessions.
pub struct SessionsApi {
    /// What every part shares.
    pub app: Arc<App>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, Object)]
struct SessionOut {
    /// Its key.
    id: Uuid,
    /// Family of the browser; empty when it is not known.
    browser: String,
    /// When it signed in.
    created_at: OffsetDateTime,
    /// When it was last used.
    last_seen_at: OffsetDateTime,
    /// When it ends, used or not.
    expires_at: OffsetDateTime,
}

impl From<web_session::Model> for SessionOut {
    fn from(row: web_session::Model) -> Self {
        Self {
            id: row.id.into(),
            browser: row.agent,
            created_at: *row.created_at,
            last_seen_at: *row.last_seen_at,
            expires_at: *row.expires_at,
        }
    }
}

/// A page of sessions.
#[derive(Clone, Debug, Object)]
struct SessionPage {
    /// The sessions, the last used first.
    items: Vec<SessionOut>,
    /// Where the next page starts.
    next_cursor: Option<String>,
}

#[OpenApi(prefix_path = "/users/me/sessions", tag = "Tag::Accounts")]
impl SessionsApi {
    /// List one's own sessions
    ///
    /// The browsers that are signed in, the last used first. A token is no session.
    #[oai(path = "/", method = "get", operation_id = "web_session_list")]
    async fn list(
        &self,
        caller: Caller,
        limit: Query<Option<u32>>,
        cursor: Query<Option<String>>,
    ) -> Result<Json<SessionPage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let (now, idle) = (self.app.now(), Duration::minutes(self.app.config.session_idle_minutes));
        let found = queries::own_sessions(self.app.db.read(), &caller.0, now, idle).await?;
        let (found, next_cursor) = PageParams::part(found, &page, |row| row.id.to_string())?;
        let items = found.into_iter().map(SessionOut::from).collect();
        Ok(Json(SessionPage { items, next_cursor }))
    }

    /// End one of one's own sessions
    ///
    /// Its browser must sign in again.
    #[oai(path = "/:id", method = "delete", operation_id = "web_session_revoke")]
    async fn revoke(&self, caller: Caller, id: Path<Uuid>) -> Result<Done, ApiError> {
        let mut tx = self.app.begin(caller.0).await?;
        actions::revoke_session(&mut tx, id.0.into()).await?;
        tx.commit().await?;
        Ok(Done::Done)
    }
}
