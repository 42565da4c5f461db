//! What surveys do by themselves: see [`actions::ring`].

use std::sync::Arc;
use std::time::Duration;

use super::actions;
use crate::app::App;
use crate::worker::{Periodic, Work, WorkError};

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: "surveys.deadlines", every: Duration::from_mins(1), run: deadlines }]
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::ring::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}
