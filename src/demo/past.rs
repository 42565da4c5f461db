//! What workers would have done meanwhile: messages of the past were sent, documents of the past were made.
//!
//! Only the messages of the last days reach the memory mailer, and only the last documents are made at the start,
//! so that the demonstration opens quickly.

use entity::job::JobState;
use entity::mail::MailState;
use entity::{job, mail};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use time::Duration;

use super::Stage;

/// Messages younger than this are delivered at the start.
const FRESH: Duration = Duration::days(7);
/// Documents made at the start, the youngest.
const DOCUMENTS: u64 = 120;

/// Puts the past away.
pub(super) async fn put_away(stage: &Stage<'_>) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let fresh = entity::Instant::from(stage.clock.real_now() - FRESH);
    mail::Entity::update_many()
        .col_expr(mail::Column::State, Expr::value(MailState::Sent))
        .col_expr(mail::Column::Attempts, Expr::value(1))
        .col_expr(mail::Column::SentAt, Expr::col(mail::Column::DueAt))
        .filter(mail::Column::DueAt.lt(fresh))
        .filter(mail::Column::State.eq(MailState::Pending))
        .exec(conn)
        .await?;
    let oldest_kept: Option<entity::ids::JobId> = job::Entity::find()
        .select_only()
        .column(job::Column::Id)
        .filter(job::Column::State.eq(JobState::Pending))
        .order_by_desc(job::Column::Id)
        .offset(DOCUMENTS)
        .limit(1)
        .into_tuple()
        .one(conn)
        .await?;
    let Some(oldest_kept) = oldest_kept else { return Ok(()) };
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Done))
        .col_expr(job::Column::Attempts, Expr::value(1))
        .col_expr(job::Column::DoneAt, Expr::col(job::Column::DueAt))
        .filter(job::Column::Id.lte(oldest_kept))
        .filter(job::Column::State.eq(JobState::Pending))
        .exec(conn)
        .await?;
    Ok(())
}
