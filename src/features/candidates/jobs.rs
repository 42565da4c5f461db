//! What candidates do by themselves: documents after the acts.

use std::sync::Arc;

use serde_json::Value;

use super::documents;
use crate::app::App;
use crate::worker::{JobKind, Work};

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}
