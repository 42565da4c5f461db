//! What inspections do by themselves: documents after the acts, deadlines every minute, and what becomes of their missions.

use std::sync::Arc;
use std::time::Duration;

use entity::ids::MissionId;
use serde::Deserialize;
use serde_json::Value;

use super::{InspectionError, actions, documents};
use crate::app::App;
use crate::authz::Actor;
use crate::features::missions::MOVED_JOB;
use crate::worker::{JobKind, Periodic, Work, WorkError};

#[derive(Clone, Copy, Debug, Deserialize)]
struct Moved {
    mission_id: MissionId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }, JobKind { name: MOVED_JOB, run: moved }]
}

/// Work done at intervals.
#[must_use]
pub fn periodic() -> Vec<Periodic> {
    vec![Periodic { name: actions::ring::ACTOR, every: Duration::from_mins(1), run: deadlines }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { Box::pin(documents::issue(&app, payload)).await })
}

fn moved(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { Box::pin(follow(&app, payload)).await })
}

fn deadlines(app: Arc<App>) -> Work {
    Box::pin(async move { Box::pin(actions::ring::run(&app)).await.map(|_| ()).map_err(WorkError::from) })
}

/// Moves the inspection of a mission; doing it twice moves it once.
async fn follow(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Moved =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let mut tx = app.begin(Actor::system(MOVED_JOB)).await.map_err(InspectionError::from)?;
    if actions::follow_mission(&mut tx, order.mission_id).await? {
        tx.commit().await.map_err(InspectionError::from)?;
    }
    Ok(())
}
