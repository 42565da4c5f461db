//! What missions do by themselves: documents after the acts, deadlines every minute.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::{actions, documents};
use crate::app::App;
use crate::error::{DomainError, ErrorKind};
use crate::worker::{JobKind, Periodic, Work, WorkError};

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }]
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: "missions.deadlines", every: Duration::from_mins(1), run: deadlines }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move {
        actions::ring::run(&app).await.map(|_| ()).map_err(|error| match error.kind() {
            ErrorKind::Unavailable => WorkError::Retry(error.to_string()),
            _ => WorkError::from(error),
        })
    })
}
