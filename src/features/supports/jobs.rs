//! What teaching supports do by themselves: they follow their missions, and remind of reports.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::TeachingSupportId;

use super::{SupportError, actions, queries};
use crate::app::App;
use crate::authz::Actor;
use crate::db::DueRun;
use crate::worker::{Periodic, Work, WorkError};

const MISSIONS: &str = "supports.missions";
const REPORTS: &str = "supports.reports";

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![
        Periodic { name: MISSIONS, every: Duration::from_mins(1), run: missions },
        Periodic { name: REPORTS, every: Duration::from_mins(30), run: reports },
    ]
}

fn missions(app: Arc<App>) -> Work {
    Box::pin(async move { follow(&app).await.map(|_| ()).map_err(WorkError::from) })
}

fn reports(app: Arc<App>) -> Work {
    Box::pin(async move { remind(&app).await.map(|_| ()).map_err(WorkError::from) })
}

/// Brings the scheduled supports where their missions stand. Gives how many changed.
///
/// # Errors
/// What the database answers, or the first failure once every row was looked at; what was done stays done.
pub async fn follow(app: &Arc<App>) -> Result<usize, SupportError> {
    let mut run = DueRun::of(MISSIONS);
    for id in queries::out_of_step(app.db.read()).await? {
        run.count(id, follow_one(app, id).await)?;
    }
    run.end()
}

async fn follow_one(app: &Arc<App>, id: TeachingSupportId) -> Result<bool, SupportError> {
    let mut tx = app.begin(Actor::system(MISSIONS)).await?;
    let changed = actions::follow_mission(&mut tx, id).await?;
    if changed {
        tx.commit().await?;
    }
    Ok(changed)
}

/// Reminds of the reports that are late. Gives how many people were reminded.
///
/// # Errors
/// As [`follow`].
pub async fn remind(app: &Arc<App>) -> Result<usize, SupportError> {
    let mut run = DueRun::of(REPORTS);
    for id in queries::reports_late(app.db.read(), app.now()).await? {
        run.count(id, remind_one(app, id).await)?;
    }
    run.end()
}

async fn remind_one(app: &Arc<App>, id: TeachingSupportId) -> Result<bool, SupportError> {
    let mut tx = app.begin(Actor::system(REPORTS)).await?;
    let reminded = actions::remind_report(&mut tx, id).await?;
    if reminded {
        tx.commit().await?;
    }
    Ok(reminded)
}
