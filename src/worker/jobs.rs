//! The job worker: takes due work, gives it to its kind, tries again later when something was away.

use std::sync::Arc;
use std::time::Duration;

use entity::job::{self, JobState};
use futures_util::{StreamExt, stream};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use super::pace::{self, Pace};
use super::{JobKind, WorkError};
use crate::app::App;

const LEASE: Duration = Duration::from_mins(5);
/// Shorter than the lease, so that a piece of work never runs in two processes.
const LONGEST: Duration = Duration::from_mins(4);
const BATCH: u64 = 8;
const AT_ONCE: usize = 2;
/// Waits between the attempts, in minutes; then somebody must look at it.
const WAITS: [i64; 9] = [1, 2, 5, 15, 30, 60, 120, 240, 480];

/// Does what is due until told to stop.
pub async fn run(app: Arc<App>, kinds: Vec<JobKind>, stop: CancellationToken) {
    let mut pace = Pace::default();
    while !stop.is_cancelled() {
        match pace::guarded(run_once(&app, &kinds)).await {
            Some(Ok(0)) => pace.idle(&app.wake.jobs, &stop).await,
            Some(Ok(_)) => pace.reset(),
            Some(Err(error)) => {
                tracing::error!(%error, "job worker");
                pace.trouble(&stop).await;
            }
            None => pace.trouble(&stop).await,
        }
    }
}

/// Does what is due now, one batch; says how many pieces of work were taken.
///
/// # Errors
/// What the database answers.
pub async fn run_once(app: &Arc<App>, kinds: &[JobKind]) -> Result<usize, DbErr> {
    let jobs = crate::db::claim_jobs(&app.db, app.now(), LEASE, BATCH).await?;
    let taken = jobs.len();
    let each = |job| handle(app, kinds, job);
    let settled: Vec<_> = stream::iter(jobs).map(each).buffer_unordered(AT_ONCE).collect().await;
    settled.into_iter().collect::<Result<Vec<()>, _>>()?;
    Ok(taken)
}

async fn handle(app: &Arc<App>, kinds: &[JobKind], job: job::Model) -> Result<(), DbErr> {
    let done = match kinds.iter().find(|kind| kind.name == job.kind) {
        Some(kind) => execute((kind.run)(Arc::clone(app), job.payload.clone())).await,
        // A newer process may know it: it waits for one during an update.
        None => Err(WorkError::Retry(format!("unknown kind of work {}", job.kind))),
    };
    settle(app, &job, done).await
}

async fn execute(work: super::Work) -> Result<(), WorkError> {
    match tokio::time::timeout(LONGEST, pace::guarded(work)).await {
        Ok(Some(done)) => done,
        Ok(None) => Err(WorkError::Retry("panicked".to_owned())),
        Err(_) => Err(WorkError::Retry(format!("took more than {} seconds", LONGEST.as_secs()))),
    }
}

async fn settle(app: &App, job: &job::Model, done: Result<(), WorkError>) -> Result<(), DbErr> {
    use job::Column;
    let now = app.now();
    let update = job::Entity::update_many()
        .col_expr(Column::LeaseUntil, Expr::value(None::<entity::Instant>))
        .filter(Column::Id.eq(job.id))
        .filter(Column::State.eq(JobState::Running))
        .filter(Column::Attempts.eq(job.attempts));
    let update = match (done, wait(job.attempts)) {
        (Ok(()), _) => update
            .col_expr(Column::State, Expr::value(JobState::Done))
            .col_expr(Column::Error, Expr::value(None::<String>))
            .col_expr(Column::DoneAt, Expr::value(entity::Instant::from(now))),
        (Err(WorkError::Retry(error)), Some(wait)) => {
            tracing::warn!(job = %job.id, kind = job.kind, error, "work put off");
            update
                .col_expr(Column::State, Expr::value(JobState::Pending))
                .col_expr(Column::Error, Expr::value(error))
                .col_expr(Column::DueAt, Expr::value(entity::Instant::from(now + wait)))
        }
        (Err(WorkError::Retry(error) | WorkError::GiveUp(error)), _) => {
            tracing::error!(job = %job.id, kind = job.kind, error, "work failed");
            update
                .col_expr(Column::State, Expr::value(JobState::Failed))
                .col_expr(Column::Error, Expr::value(error))
        }
    };
    update.exec(app.db.bookkeeping()).await.map(|_| ())
}

fn wait(attempts: i32) -> Option<time::Duration> {
    let done = usize::try_from(attempts).unwrap_or_default().max(1);
    WAITS.get(done - 1).copied().map(time::Duration::minutes)
}
