//! What invoices do by themselves: typesetting, reminders.

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
    vec![Periodic { name: "invoices.deadlines", every: Duration::from_mins(15), run: deadlines }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { Box::pin(documents::issue(&app, payload)).await })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::ring::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}
