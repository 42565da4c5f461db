//! Alive, and ready to serve.

use std::sync::Arc;

use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse, Response, handler};
use sea_orm::ConnectionTrait;

use crate::app::App;

/// The process runs.
#[handler]
pub(super) fn alive() -> &'static str {
    "ok"
}

/// The database answers and its schema is the one this program knows.
#[handler]
pub(super) async fn ready(app: Data<&Arc<App>>) -> Response {
    match app.db.read().execute_unprepared("SELECT 1 FROM setting LIMIT 1").await {
        Ok(_) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
