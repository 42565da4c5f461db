//! `/api/v1/users/me/notifications` and `/users/me/notification-preferences`.

use std::sync::Arc;

use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Query};
use poem_openapi::payload::Json;

use super::shapes::{MarkedOut, NoticeOut, NoticePage, PreferencesIn, PreferencesOut};
use super::{NoticeError, actions, queries};
use crate::app::App;
use crate::http::api::{ApiError, Caller, PageParams, Read, Tag, if_match};

/// Notifications of the caller.
pub struct NoticesApi {
    /// What every part shares.
    pub app: Arc<App>,
}

#[OpenApi(prefix_path = "/users/me", tag = "Tag::Mails")]
impl NoticesApi {
    /// List one's own notifications
    #[oai(path = "/notifications", method = "get", operation_id = "notice_list")]
    async fn list(
        &self,
        caller: Caller,
        /// Rows wanted, from 1 to 200.
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u32>>,
        /// Where to start.
        cursor: Query<Option<String>>,
    ) -> Result<Json<NoticePage>, ApiError> {
        let page = PageParams::read(limit.0, cursor.0.as_ref())?;
        let conn = self.app.db.read();
        let found = queries::list(conn, &caller.0, &page, &self.app.config.public_url).await?;
        Ok(Json(NoticePage {
            unread: queries::unread(conn, &caller.0).await?,
            next_cursor: found.next.as_ref().map(crate::db::Cursor::encode),
            items: found.items.iter().map(NoticeOut::from).collect(),
        }))
    }

    /// Mark one's own notifications as read
    #[oai(path = "/notifications/read", method = "post", operation_id = "notice_mark_read")]
    async fn read(&self, caller: Caller) -> Result<Json<MarkedOut>, ApiError> {
        Ok(Json(MarkedOut { marked: actions::mark_read(&self.app, &caller.0).await? }))
    }

    /// Read what one wishes of messages
    #[oai(path = "/notification-preferences", method = "get", operation_id = "notice_preference_get")]
    async fn preferences(&self, caller: Caller) -> Result<Read<PreferencesOut>, ApiError> {
        let own = queries::preferences(self.app.db.read(), &caller.0).await?;
        let out = PreferencesOut::from(&own);
        let version = out.version;
        Ok(Read::new(out, version))
    }

    /// Say what one wishes of messages
    ///
    /// The wishes are complete: what is left out follows what the certifier proposes. Legal messages and those about
    /// the safety of the account cannot be turned off. `If-Match` is needed, `"0"` when nothing was recorded.
    #[oai(path = "/notification-preferences", method = "patch", operation_id = "notice_preference_set")]
    async fn set(
        &self,
        caller: Caller,
        #[oai(name = "If-Match")] seen: Header<Option<String>>,
        body: Json<PreferencesIn>,
    ) -> Result<Read<PreferencesOut>, ApiError> {
        let seen = if_match(seen.0.as_ref())?.ok_or_else(ApiError::precondition_required)?;
        let account = caller.0.account_id().ok_or(NoticeError::NotFound)?;
        let mut tx = self.app.begin(caller.0).await?;
        actions::set_preferences(&mut tx, account, Some(seen), &body.0.typed()).await?;
        let own = queries::preferences(tx.conn(), tx.actor()).await?;
        tx.commit().await?;
        let out = PreferencesOut::from(&own);
        let version = out.version;
        Ok(Read::new(out, version))
    }
}
