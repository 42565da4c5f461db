//! Taking due rows so that each is worked on once, however many processes run.

use std::time::Duration;

use entity::{job, lease, mail};
use sea_orm::sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::OffsetDateTime;
use uuid::Uuid;

use super::Db;

/// Takes up to `batch` due mails until `now + lease`. A mail whose lease ran out is taken again.
///
/// # Errors
/// What the database answers.
pub async fn claim_mails(
    db: &Db,
    now: OffsetDateTime,
    lease: Duration,
    batch: u64,
) -> Result<Vec<mail::Model>, DbErr> {
    use mail::{Column, Entity, MailState};
    let instant = entity::Instant::from(now);
    let free = Condition::any()
        .add(Column::State.eq(MailState::Pending).and(Column::DueAt.lte(instant)))
        .add(Column::State.eq(MailState::Sending).and(Column::LeaseUntil.lt(instant)));
    let due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(free)
        .order_by_asc(Column::DueAt)
        .limit(batch)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    Entity::update_many()
        .col_expr(Column::State, Expr::value(MailState::Sending))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LeaseUntil, Expr::value(entity::Instant::from(now + lease)))
        .filter(Column::Id.in_subquery(due))
        .exec_with_returning(&db.write)
        .await
}

/// Takes up to `batch` due jobs until `now + lease`.
///
/// # Errors
/// What the database answers.
pub async fn claim_jobs(
    db: &Db,
    now: OffsetDateTime,
    lease: Duration,
    batch: u64,
) -> Result<Vec<job::Model>, DbErr> {
    use job::{Column, Entity, JobState};
    let instant = entity::Instant::from(now);
    let free = Condition::any()
        .add(Column::State.eq(JobState::Pending).and(Column::DueAt.lte(instant)))
        .add(Column::State.eq(JobState::Running).and(Column::LeaseUntil.lt(instant)));
    let due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(free)
        .order_by_asc(Column::DueAt)
        .limit(batch)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .into_query();
    Entity::update_many()
        .col_expr(Column::State, Expr::value(JobState::Running))
        .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
        .col_expr(Column::LeaseUntil, Expr::value(entity::Instant::from(now + lease)))
        .filter(Column::Id.in_subquery(due))
        .exec_with_returning(&db.write)
        .await
}

/// Becomes, or stays, the only process to do something until `now + term`. Says whether it worked.
///
/// # Errors
/// What the database answers.
pub async fn take_lease(
    db: &Db,
    name: &str,
    holder: Uuid,
    now: OffsetDateTime,
    term: Duration,
) -> Result<bool, DbErr> {
    use lease::{Column, Entity};
    let until = entity::Instant::from(now + term);
    let row = lease::ActiveModel { name: Set(name.to_owned()), holder: Set(holder), until_at: Set(until) };
    let written = Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Name)
                .update_columns([Column::Holder, Column::UntilAt])
                .action_and_where(
                    Expr::col((Entity, Column::Holder))
                        .eq(holder)
                        .or(Expr::col((Entity, Column::UntilAt)).lt(entity::Instant::from(now))),
                )
                .to_owned(),
        )
        .exec_without_returning(&db.write)
        .await?;
    Ok(written == 1)
}

/// Gives a lease back before its term, so that another process need not wait for it.
///
/// # Errors
/// What the database answers.
pub async fn release_lease(db: &Db, name: &str, holder: Uuid) -> Result<(), DbErr> {
    use lease::{Column, Entity};
    let mine = Condition::all().add(Column::Name.eq(name)).add(Column::Holder.eq(holder));
    Entity::delete_many().filter(mine).exec(&db.write).await.map(|_| ())
}
