//! Alive, and ready to serve.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use poem::http::StatusCode;
use poem::web::Data;
use poem::{IntoResponse, Response, handler};
use sea_orm::{ConnectionTrait, DbErr};

use crate::app::App;
use crate::db;

/// The process runs.
#[handler]
pub(super) fn alive() -> &'static str {
    "ok"
}

/// The database answers and its schema is the one this program knows.
#[handler]
pub(super) async fn ready(app: Data<&Arc<App>>) -> Response {
    match missing(&app).await {
        Ok(0) => "ready".into_response(),
        Ok(migrations) => {
            tracing::warn!(migrations, "not ready: migrations are to be applied");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
        Err(error) => {
            tracing::warn!(%error, "not ready");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// How many migrations the database lacks. They are compared until none is missing, then a reading is enough: a schema
/// never goes back while a program serves.
async fn missing(app: &App) -> Result<usize, DbErr> {
    if app.schema_known.load(Ordering::Relaxed) {
        app.db.read().execute_unprepared("SELECT 1 FROM setting LIMIT 1").await?;
        return Ok(0);
    }
    let missing = db::pending_migrations(&app.db).await?.len();
    app.schema_known.store(missing == 0, Ordering::Relaxed);
    Ok(missing)
}
