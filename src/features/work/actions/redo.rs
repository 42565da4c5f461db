//! A document that failed is ordered again.

use entity::ids::JobId;
use entity::job::{self, JobState};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QuerySelect};

use super::super::error::RedoError;
use super::super::events::WorkEvent;
use super::super::queries::{describe, is_document};
use crate::authz::Permission;
use crate::db::Tx;

/// Orders a failed document again, at once and with all its attempts. Doing it twice gives one document.
///
/// # Errors
/// [`RedoError`].
pub async fn redo(tx: &mut Tx, id: JobId) -> Result<(), RedoError> {
    let found = job::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let job = found.filter(|job| is_document(&job.kind)).ok_or(RedoError::NotFound)?;
    let document = describe(tx.conn(), &job).await?;
    let grant = tx.authorize(Permission::DocumentRedo, &document.facts)?;
    if job.state != JobState::Failed {
        return Err(RedoError::NotFailed);
    }
    let event = WorkEvent::Redone {
        id,
        reference: document.reference,
        document: document.kind,
        attempts: job.attempts,
    };
    let mut row = job.into_active_model();
    row.state = Set(JobState::Pending);
    row.attempts = Set(0);
    row.due_at = Set(tx.instant());
    row.update(tx.conn()).await?;
    tx.record(&grant, &event).await?;
    Ok(())
}
