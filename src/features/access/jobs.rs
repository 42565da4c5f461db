//! What is forgotten by itself: requests whose address was never confirmed, and those answered long ago.

use std::sync::Arc;

use entity::access_request::{self, AccessState};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use time::Duration;

use crate::app::App;
use crate::db;
use crate::worker::{Periodic, Work};

/// How long an answered request stays, to explain what happened to someone who asks.
const KEPT: Duration = Duration::days(365);

/// The periodic work of the requests for access.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic {
        name: "access.forget_requests",
        every: std::time::Duration::from_hours(6),
        run: |app| -> Work { Box::pin(async move { Ok(forget_requests(&app).await?) }) },
    }]
}

/// Deletes the requests whose link ended without an answer, and those that the team answered a year ago. Their events
/// stay in the journal.
///
/// # Errors
/// What the database answers.
pub async fn forget_requests(app: &Arc<App>) -> Result<(), db::Error> {
    use access_request::Column;
    let conn = app.db.bookkeeping();
    let unconfirmed = access_request::Entity::delete_many()
        .filter(Column::State.eq(AccessState::Unconfirmed))
        .filter(Column::LinkUntil.lt(entity::Instant::from(app.now())));
    unconfirmed.exec(conn).await?;
    let settled = access_request::Entity::delete_many()
        .filter(Column::SettledAt.lt(entity::Instant::from(app.now() - KEPT)));
    settled.exec(conn).await?;
    Ok(())
}
