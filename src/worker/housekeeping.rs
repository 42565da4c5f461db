//! What the program forgets by itself. Mails are never forgotten: they prove what was sent.

use std::sync::Arc;
use std::time::Duration;

use entity::sign_in_link;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Periodic, WorkError};
use crate::app::App;
use crate::db::idempotency;

/// A repeat of a request may come this long after it.
const REPEATS: time::Duration = time::Duration::hours(48);
/// A link that does not work any more is kept this long, to say why.
const LINKS: time::Duration = time::Duration::days(7);

/// Every hour: idempotency keys and links that serve no more.
pub(super) const HOUSEKEEPING: Periodic = Periodic {
    name: "housekeeping",
    every: Duration::from_hours(1),
    run: |app| {
        Box::pin(async move { forget(&app).await.map_err(|error| WorkError::Retry(error.to_string())) })
    },
};

async fn forget(app: &Arc<App>) -> Result<(), sea_orm::DbErr> {
    let now = app.now();
    let keys = idempotency::forget_before(&app.db, now - REPEATS).await?;
    let links = sign_in_link::Entity::delete_many()
        .filter(sign_in_link::Column::ExpiresAt.lt(entity::Instant::from(now - LINKS)))
        .exec(app.db.bookkeeping())
        .await?;
    tracing::debug!(keys, links = links.rows_affected, "housekeeping");
    Ok(())
}
