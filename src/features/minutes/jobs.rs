//! What minutes do by themselves: documents after the acts, the minutes of a jury without quorum, and what the revocation of a
//! certificate changes in what was told.

use std::sync::Arc;

use entity::ids::{CertificateId, JurySessionId};
use serde::Deserialize;
use serde_json::Value;

use super::{MinutesError, actions, documents};
use crate::app::App;
use crate::authz::Actor;
use crate::features::candidates::actions::cancel_certificate;
use crate::features::certificates::REVOKED_JOB;
use crate::features::juries::NO_QUORUM_JOB;
use crate::worker::{JobKind, Work, WorkError};

const ACTOR: &str = "minutes.no_quorum";

#[derive(Clone, Copy, Debug, Deserialize)]
struct Order {
    session_id: JurySessionId,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Revoked {
    certificate_id: CertificateId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind { name: documents::JOB, run: issue },
        JobKind { name: NO_QUORUM_JOB, run: no_quorum },
        JobKind { name: REVOKED_JOB, run: revoked },
    ]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn no_quorum(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { write(&app, payload).await })
}

fn revoked(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { Box::pin(cancel(&app, payload)).await })
}

/// Moves the file of the holder of a revoked certificate; doing it twice moves it once.
async fn cancel(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Revoked =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let mut tx = app.begin(Actor::system(REVOKED_JOB)).await.map_err(MinutesError::from)?;
    if Box::pin(cancel_certificate(&mut tx, order.certificate_id)).await? {
        tx.commit().await.map_err(MinutesError::from)?;
    }
    Ok(())
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
