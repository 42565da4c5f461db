//! What enrolments do by themselves: seats that are not confirmed in time, offers, seats that come free.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::TrainingSessionId;
use serde::Deserialize;
use serde_json::Value;

use super::actions;
use crate::app::App;
use crate::features::training::FOLLOW_JOB;
use crate::worker::{JobKind, Periodic, Work, WorkError};

/// Offers the free seats of a session; its payload is `{"session_id": …}`.
pub const OFFER: &str = "enrolments.offer";

#[derive(Clone, Copy, Debug, Deserialize)]
struct Session {
    session_id: TrainingSessionId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: OFFER, run: offer }, JobKind { name: FOLLOW_JOB, run: follow }]
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: "enrolments.deadlines", every: Duration::from_mins(1), run: deadlines }]
}

fn offer(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move {
        let session: Session =
            serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
        let done = Box::pin(actions::ring::offer_free(&app, session.session_id)).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}

/// Moves the enrolments of a session that is cancelled, postponed, dated again or ended.
fn follow(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move {
        let session: Session =
            serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
        let done = Box::pin(actions::session_moves::follow(&app, session.session_id)).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::ring::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}
