//! What missions do by themselves: documents after the acts, deadlines every minute, planned
//! missions looked at again.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{actions, documents};
use crate::app::App;
use crate::worker::{JobKind, Periodic, Work, WorkError};

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }]
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![
        Periodic { name: "missions.deadlines", every: Duration::from_mins(1), run: deadlines },
        Periodic { name: "missions.recheck", every: Duration::from_mins(10), run: recheck },
    ]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { actions::ring::run(&app).await.map(|_| ()).map_err(WorkError::from) })
}

fn recheck(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::recheck::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}
