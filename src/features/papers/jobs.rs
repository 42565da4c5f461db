//! What papers do by themselves: typesetting, what signatures bind, reminders.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::TrainingDocumentId;
use serde::Deserialize;
use serde_json::Value;

use super::{actions, documents};
use crate::app::App;
use crate::worker::{JobKind, Periodic, Work, WorkError};

#[derive(Clone, Copy, Debug, Deserialize)]
struct Paper {
    paper_id: TrainingDocumentId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }, JobKind { name: actions::CONTRACTED, run: contracted }]
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: "papers.deadlines", every: Duration::from_mins(5), run: deadlines }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { Box::pin(documents::issue(&app, payload)).await })
}

fn contracted(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move {
        let paper: Paper =
            serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
        let done = Box::pin(actions::apply_contract(&app, paper.paper_id)).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::ring::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}
