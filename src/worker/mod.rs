//! The loops that work after the answers: mail, jobs, schedule, seals.
//!
//! They know no feature: the kinds of work are handed over by `features`.

pub mod error;
mod housekeeping;
pub mod jobs;
pub mod mail;
mod pace;
pub mod recipients;
pub mod schedule;
pub mod seal;

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::app::App;
use crate::error::{DomainError, ErrorKind};
use crate::render::pdf::PdfError;
use crate::storage::issued::TypesetError;

/// Why a piece of work failed, and whether to try again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// Something was away; try again.
    #[error("{0}")]
    Retry(String),
    /// Trying again would fail the same way.
    #[error("{0}")]
    GiveUp(String),
}

impl<E: DomainError> From<E> for WorkError {
    fn from(error: E) -> Self {
        match error.kind() {
            ErrorKind::Unavailable | ErrorKind::Internal | ErrorKind::Stale => Self::Retry(error.to_string()),
            _ => Self::GiveUp(error.to_string()),
        }
    }
}

impl From<TypesetError> for WorkError {
    fn from(error: TypesetError) -> Self {
        match error {
            TypesetError::Storage(_) | TypesetError::Pdf(PdfError::Interrupted(_)) => {
                Self::Retry(error.to_string())
            }
            TypesetError::Pdf(_) => Self::GiveUp(error.to_string()),
        }
    }
}

/// What a piece of work gives back.
pub type Work = BoxFuture<'static, Result<(), WorkError>>;

/// A kind of queued work.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// Its name, `agreements.issue_document`.
    pub name: &'static str,
    /// Does it.
    pub run: fn(Arc<App>, Value) -> Work,
}

/// Something done by itself at intervals, by one process at a time.
#[derive(Clone, Copy)]
pub struct Periodic {
    /// Its name, `agreements.deadlines`.
    pub name: &'static str,
    /// Interval between two runs.
    pub every: std::time::Duration,
    /// Does it.
    pub run: fn(Arc<App>) -> Work,
}

/// Runs every loop until told to stop, then waits for each to put down what it holds.
pub async fn run_all(
    app: Arc<App>,
    kinds: Vec<JobKind>,
    mut periodic: Vec<Periodic>,
    stop: CancellationToken,
) {
    periodic.push(housekeeping::HOUSEKEEPING);
    let mut loops = JoinSet::new();
    loops.spawn(mail::run(Arc::clone(&app), stop.clone()));
    loops.spawn(jobs::run(Arc::clone(&app), kinds, stop.clone()));
    loops.spawn(schedule::run(Arc::clone(&app), periodic, stop.clone()));
    loops.spawn(seal::run(Arc::clone(&app), stop.clone()));
    while let Some(ended) = loops.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a worker ended");
        }
    }
}
