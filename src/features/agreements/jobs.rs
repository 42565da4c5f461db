//! What the agreement desk does by itself: documents after the acts, deadlines every minute, and the half-days of the
//! visits whose date was fixed before half-days were kept.

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
        Periodic { name: "agreements.deadlines", every: Duration::from_mins(1), run: deadlines },
        Periodic { name: "agreements.visits", every: Duration::from_hours(1), run: visits },
    ]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { actions::deadlines::run(&app).await.map(|_| ()).map_err(WorkError::from) })
}

fn visits(app: Arc<App>) -> Work {
    Box::pin(async move {
        let done = actions::visit::take_those_fixed_before(&app).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}
