//! What is forgotten by itself: sessions and links long over, whose rows say nothing useful any more.

use std::sync::Arc;

use entity::{sign_in_link, web_session};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use crate::app::App;
use crate::db;
use crate::worker::{Periodic, Work};

/// How long rows stay after their end, to explain what happened to someone who asks.
const KEPT: Duration = Duration::days(30);

/// The periodic work of accounts.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic {
        name: "accounts.forget_sessions",
        every: std::time::Duration::from_hours(6),
        run: |app| -> Work { Box::pin(async move { Ok(forget_sessions(&app).await?) }) },
    }]
}

/// Deletes sessions and links that ended more than thirty days ago. Their events stay in the journal.
///
/// # Errors
/// What the database answers.
pub async fn forget_sessions(app: &Arc<App>) -> Result<(), db::Error> {
    let before = entity::Instant::from(app.now() - KEPT);
    let conn = app.db.bookkeeping();
    let sessions = web_session::Entity::delete_many().filter(web_session::Column::ExpiresAt.lt(before));
    sessions.exec(conn).await?;
    let links = sign_in_link::Entity::delete_many().filter(sign_in_link::Column::ExpiresAt.lt(before));
    links.exec(conn).await?;
    Ok(())
}
