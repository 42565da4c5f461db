//! What minutes do by themselves: documents after the acts, and the minutes of a jury without quorum.

use std::sync::Arc;

use entity::ids::JurySessionId;
use serde::Deserialize;
use serde_json::Value;

use super::{MinutesError, actions, documents};
use crate::app::App;
use crate::authz::Actor;
use crate::features::juries::NO_QUORUM_JOB;
use crate::worker::{JobKind, Work, WorkError};

const ACTOR: &str = "minutes.no_quorum";

#[derive(Clone, Copy, Debug, Deserialize)]
struct Order {
    session_id: JurySessionId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }, JobKind { name: NO_QUORUM_JOB, run: no_quorum }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn no_quorum(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { write(&app, payload).await })
}

/// Writes the minutes of a jury without quorum; doing it twice writes them once.
async fn write(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(MinutesError::from)?;
    if actions::write_no_quorum(&mut tx, order.session_id).await? {
        tx.commit().await.map_err(MinutesError::from)?;
    }
    Ok(())
}
