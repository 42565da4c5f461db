//! Takes a paper back, with a reason: it counts no more, and nobody signs it any more.

use entity::ids::TrainingDocumentId;

use crate::authz::Permission;
use crate::db::Tx;
use crate::features::papers::events::{PaperEvent, What};
use crate::features::papers::input::reason;
use crate::features::papers::state::Step;
use crate::features::papers::{PaperError, Record};

/// Takes a paper back.
///
/// # Errors
/// No reason, [`PaperError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn void(
    tx: &mut Tx,
    id: TrainingDocumentId,
    seen: Option<i32>,
    why: &str,
) -> Result<Record, PaperError> {
    let mut record = Record::locked(tx, id).await?;
    let grant = tx.authorize(Permission::PaperIssue, &record.facts())?;
    record.check_version(seen)?;
    let why = reason(why)?;
    let line = record.next(Step::Void)?;
    let now = tx.instant();
    record
        .save(tx, |paper| {
            paper.state = line.to;
            paper.ended_at = Some(now);
            paper.deadline_at = None;
        })
        .await?;
    tx.record(&grant, &PaperEvent::of(&record, What::Voided(line, why))).await?;
    Ok(record)
}
