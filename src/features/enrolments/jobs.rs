//! What enrolments do by themselves: seats that are not confirmed in time, offers, seats that come free.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::TrainingSessionId;
use serde::Deserialize;
use serde_json::Value;

use super::actions;
use super::actions::session_moves::Move;
use crate::app::App;
use crate::worker::{JobKind, Periodic, Work, WorkError};

/// Offers the free seats of a session; its payload is `{"session_id": …}`.
pub const OFFER: &str = "enrolments.offer";
/// Ends the enrolments of a session that was cancelled; the same payload.
pub const CANCEL: &str = "enrolments.cancel_session";
/// Postpones those of a session that was; the same payload.
pub const POSTPONE: &str = "enrolments.postpone_session";
/// Takes back in, in their order, the people of a session that has dates again; the same payload.
pub const RESUME: &str = "enrolments.resume_session";

#[derive(Clone, Copy, Debug, Deserialize)]
struct Session {
    session_id: TrainingSessionId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind { name: OFFER, run: offer },
        JobKind { name: CANCEL, run: cancel },
        JobKind { name: POSTPONE, run: postpone },
        JobKind { name: RESUME, run: resume },
    ]
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

fn cancel(app: Arc<App>, payload: Value) -> Work {
    follow(app, payload, Move::Cancelled)
}

fn postpone(app: Arc<App>, payload: Value) -> Work {
    follow(app, payload, Move::Postponed)
}

fn resume(app: Arc<App>, payload: Value) -> Work {
    follow(app, payload, Move::Resumed)
}

fn follow(app: Arc<App>, payload: Value, moved: Move) -> Work {
    Box::pin(async move {
        let session: Session =
            serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
        let done = Box::pin(actions::session_moves::follow(&app, session.session_id, moved)).await;
        done.map(|_| ()).map_err(WorkError::from)
    })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::ring::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}
