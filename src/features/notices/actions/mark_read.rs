//! Marks one's notifications as read. Nobody else is concerned: the journal does not tell it.

use std::sync::Arc;

use entity::notice::{Column, Entity};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::super::{NoticeError, queries};
use crate::app::App;
use crate::authz::Actor;

/// Marks every notification of the actor as read.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn mark_read(app: &Arc<App>, actor: &Actor) -> Result<u64, NoticeError> {
    let account = queries::own(actor)?;
    let now = entity::Instant::from(app.now());
    let done = Entity::update_many()
        .col_expr(Column::ReadAt, Expr::value(now))
        .filter(Column::AccountId.eq(account))
        .filter(Column::ReadAt.is_null())
        .exec(app.db.bookkeeping())
        .await?;
    Ok(done.rows_affected)
}
