//! What is done by itself at intervals, once for all processes.
//!
//! The last run is the lease itself: whoever runs holds `schedule.<name>` while it works, then until the next run
//! is due. A process that dies while working leaves a short lease, so another one takes over soon.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use entity::lease;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter};
use tokio_util::sync::CancellationToken;

use super::pace;
use super::{Periodic, WorkError};
use crate::app::App;
use crate::db::take_lease;

/// How often the dates are looked at.
const TICK: Duration = Duration::from_secs(1);
/// How long a run may take, and how long others wait when its process died.
const LONGEST: Duration = Duration::from_mins(10);
/// Wait after a run that did not work, when its interval is longer.
const AGAIN: Duration = Duration::from_secs(10);

/// Runs what is due until told to stop.
pub async fn run(app: Arc<App>, periodic: Vec<Periodic>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        if let Some(Err(error)) = pace::guarded(run_once(&app, &periodic)).await {
            tracing::error!(%error, "schedule");
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// Runs what is due now; says how many runs there were.
///
/// # Errors
/// What the database answers.
pub async fn run_once(app: &Arc<App>, periodic: &[Periodic]) -> Result<usize, DbErr> {
    let leases = leases(app, periodic).await?;
    let now = app.now();
    let mut runs = 0;
    for work in periodic {
        let due = leases.get(&lease_name(work)).is_none_or(|until| **until < now);
        if due && run_one(app, work).await? {
            runs += 1;
        }
    }
    Ok(runs)
}

/// Runs one, unless another process was faster.
async fn run_one(app: &Arc<App>, work: &Periodic) -> Result<bool, DbErr> {
    let (name, holder, started) = (lease_name(work), app.new_id(), app.now());
    if !take_lease(&app.db, &name, holder, started, LONGEST).await? {
        return Ok(false);
    }
    let done = match tokio::time::timeout(LONGEST, pace::guarded((work.run)(Arc::clone(app)))).await {
        Ok(Some(done)) => done,
        Ok(None) => Err(WorkError::Retry("panicked".to_owned())),
        Err(_) => Err(WorkError::Retry(format!("took more than {} seconds", LONGEST.as_secs()))),
    };
    let next = match done {
        Ok(()) => work.every,
        Err(error) => {
            tracing::error!(work = work.name, %error, "periodic work failed");
            work.every.min(AGAIN)
        }
    };
    take_lease(&app.db, &name, holder, started, next).await?;
    Ok(true)
}

async fn leases(app: &App, periodic: &[Periodic]) -> Result<HashMap<String, entity::Instant>, DbErr> {
    let names = periodic.iter().map(lease_name);
    let found = lease::Entity::find().filter(lease::Column::Name.is_in(names)).all(app.db.read()).await?;
    Ok(found.into_iter().map(|lease| (lease.name, lease.until_at)).collect())
}

fn lease_name(work: &Periodic) -> String {
    format!("schedule.{}", work.name)
}
