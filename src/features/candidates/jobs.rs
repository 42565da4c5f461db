//! What candidates do by themselves: documents after the acts, and what follows the revocation of a certificate.

use std::sync::Arc;

use entity::ids::CertificateId;
use serde::Deserialize;
use serde_json::Value;

use super::{CandidateError, actions, documents};
use crate::app::App;
use crate::authz::Actor;
use crate::features::certificates::REVOKED_JOB;
use crate::worker::{JobKind, Work, WorkError};

const ACTOR: &str = "candidates.certificate_revoked";

#[derive(Clone, Copy, Debug, Deserialize)]
struct Order {
    certificate_id: CertificateId,
}

/// Queued work.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind { name: documents::JOB, run: issue }, JobKind { name: REVOKED_JOB, run: revoked }]
}

fn issue(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { documents::issue(&app, payload).await })
}

fn revoked(app: Arc<App>, payload: Value) -> Work {
    Box::pin(async move { cancel(&app, payload).await })
}

/// Moves the file of the holder of a revoked certificate; doing it twice moves it once.
async fn cancel(app: &Arc<App>, payload: Value) -> Result<(), WorkError> {
    let order: Order =
        serde_json::from_value(payload).map_err(|error| WorkError::GiveUp(error.to_string()))?;
    let mut tx = app.begin(Actor::system(ACTOR)).await.map_err(CandidateError::from)?;
    if actions::cancel_certificate(&mut tx, order.certificate_id).await? {
        tx.commit().await.map_err(CandidateError::from)?;
    }
    Ok(())
}
