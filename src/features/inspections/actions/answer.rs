//! Keeps the answers of a grid as they arrive, from a form or from a tablet that was without network: each once, none lost.
//!
//! What arrives after the inspection took place or was cancelled is kept aside for a person, and so is another value than the one that was
//! written meanwhile.

use entity::ids::{InspectionChangeId, InspectionId};
use entity::inspection_change::{self, ChangeKind, ChangeOutcome};
use entity::{grid_score, inspection_answer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect};
use serde::{Deserialize, Serialize};

use super::record;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::grid::{self, Grid};
use crate::features::agreements::input::{ScoreInput, score_faults};
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::ChangeInput;
use crate::features::inspections::labels;
use crate::features::inspections::queries;
use crate::features::inspections::state::takes_answers;

/// What became of what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Synced {
    /// It was sent before: what was answered then, and nothing is written. The transaction is dropped.
    Again(inspection_change::Model),
    /// It is kept, applied or not.
    Kept(inspection_change::Model),
}

/// A value as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct Value {
    score: grid_score::Score,
    evidence: String,
    comment: String,
}

/// Keeps one answer.
///
/// # Errors
/// What the database answers; the refusals of the policy. What the grid refuses is kept as refused, with its words.
pub async fn answer(tx: &mut Tx, id: InspectionId, input: &ChangeInput) -> Result<Synced, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionPerform, &dossier.facts())?;
    if let Some(known) = queries::change(tx.conn(), id, input.key).await? {
        return Ok(Synced::Again(known));
    }
    let grid = grid_of(&dossier, tx);
    let current = current(tx, id, &input.score.criterion).await?;
    let version = current.as_ref().map_or(0, |row| row.version);
    let same = current.as_ref().is_some_and(|row| is_same(row, &input.score));
    let faults = score_faults(grid, std::slice::from_ref(&input.score));
    let (outcome, message) = if !takes_answers(dossier.inspection.state) {
        (ChangeOutcome::Aside, labels::refusals::ASIDE.to_owned())
    } else if let Some(fault) = faults.first() {
        (ChangeOutcome::Refused, fault.message.clone())
    } else if version != input.seen && !same {
        (ChangeOutcome::Conflict, labels::refusals::CONFLICT.to_owned())
    } else {
        (ChangeOutcome::Applied, String::new())
    };
    let applied = outcome == ChangeOutcome::Applied;
    let version = if applied && !same { version + 1 } else { version };
    if applied && !same {
        write(tx, id, current, &input.score, version).await?;
        let grid = grid.version.clone();
        dossier.change(tx, |row| row.grid = Some(grid)).await?;
    }
    let change = inspection_change::Model {
        id: tx.new_id(),
        inspection_id: id,
        key: input.key,
        device: input.device,
        kind: ChangeKind::Answer,
        criterion: input.score.criterion.clone(),
        value: kept(&input.score),
        seen: input.seen,
        version,
        typed_at: input.typed_at.into(),
        received_at: tx.instant(),
        outcome,
        message,
        sent_by: tx.actor().account_id(),
        settled_at: None,
        settled_by: None,
        kept: None,
    };
    let change = change.into_active_model().reset_all().insert(tx.conn()).await?;
    let (line, what) = match outcome {
        ChangeOutcome::Applied => (("inspection.scored", "CTL_SCORED"), What::Scored { change: &change }),
        _ => (("inspection.change_kept", "CTL_ASIDE"), What::Kept { change: &change }),
    };
    record(tx, &grant, &dossier, line, (None, None), what).await?;
    Ok(Synced::Kept(change))
}

/// Chooses what becomes of what was kept: it is applied while the inspection takes answers, or left.
///
/// # Errors
/// What does not wait any more; an inspection that takes no answer; the refusals of every act.
pub async fn settle(
    tx: &mut Tx,
    id: InspectionId,
    change: InspectionChangeId,
    keep: bool,
) -> Result<inspection_change::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionSettle, &dossier.facts())?;
    let found = inspection_change::Entity::find_by_id(change).lock_exclusive().one(tx.conn()).await?;
    let found = found.filter(|found| found.inspection_id == id).ok_or(InspectionError::NotFound)?;
    let waits = matches!(found.outcome, ChangeOutcome::Aside | ChangeOutcome::Conflict);
    if !waits || found.settled_at.is_some() {
        let detail = labels::refusals::NOT_WAITING;
        return Err(InspectionError::blocked("inspection-change-settled", detail, Vec::new()));
    }
    if keep {
        if !takes_answers(dossier.inspection.state) {
            let detail = labels::refusals::NO_ANSWER_ANY_MORE;
            return Err(InspectionError::blocked("inspection-closed-to-answers", detail, Vec::new()));
        }
        let score = read(&found)?;
        let current = current(tx, id, &score.criterion).await?;
        let version = current.as_ref().map_or(0, |row| row.version) + 1;
        write(tx, id, current, &score, version).await?;
        dossier.change(tx, |_| ()).await?;
    }
    let settled = inspection_change::Model {
        settled_at: Some(tx.instant()),
        settled_by: tx.actor().account_id(),
        kept: Some(keep),
        ..found
    };
    let settled = settled.into_active_model().reset_all().update(tx.conn()).await?;
    let line = ("inspection.change_settled", "CTL_ASIDE_SETTLED");
    record(tx, &grant, &dossier, line, (None, None), What::Settled { change: &settled }).await?;
    Ok(settled)
}

/// The grid of an inspection: that of its first answer, or the one in force on its day.
fn grid_of(dossier: &Dossier, tx: &Tx) -> &'static Grid {
    let day = dossier.inspection.starts_at.map_or(tx.now(), |at| *at);
    grid::named(dossier.inspection.grid.as_deref(), dossier.today(day))
}

async fn current(
    tx: &Tx,
    id: InspectionId,
    criterion: &str,
) -> Result<Option<inspection_answer::Model>, InspectionError> {
    let select = inspection_answer::Entity::find()
        .filter(inspection_answer::Column::InspectionId.eq(id))
        .filter(inspection_answer::Column::Criterion.eq(criterion));
    Ok(select.one(tx.conn()).await?)
}

async fn write(
    tx: &Tx,
    id: InspectionId,
    current: Option<inspection_answer::Model>,
    score: &ScoreInput,
    version: i32,
) -> Result<(), InspectionError> {
    let known = current.as_ref().map(|row| row.id);
    let row = inspection_answer::Model {
        id: known.unwrap_or_else(|| tx.new_id()),
        inspection_id: id,
        criterion: score.criterion.clone(),
        score: score.score,
        evidence: score.evidence.trim().to_owned(),
        comment: score.comment.trim().to_owned(),
        version,
        answered_by: tx.actor().account_id(),
        answered_at: tx.instant(),
    };
    let row = row.into_active_model().reset_all();
    if known.is_some() {
        row.update(tx.conn()).await?;
    } else {
        row.insert(tx.conn()).await?;
    }
    Ok(())
}

fn is_same(row: &inspection_answer::Model, score: &ScoreInput) -> bool {
    row.score == score.score && row.evidence == score.evidence.trim() && row.comment == score.comment.trim()
}

fn kept(score: &ScoreInput) -> String {
    let (evidence, comment) = (score.evidence.clone(), score.comment.clone());
    serde_json::to_string(&Value { score: score.score, evidence, comment }).unwrap_or_default()
}

fn read(change: &inspection_change::Model) -> Result<ScoreInput, InspectionError> {
    let value: Value = serde_json::from_str(&change.value).map_err(|_| crate::db::Error::Inconsistent {
        table: "inspection_change",
        id: change.id.to_string(),
        what: "value that cannot be read",
    })?;
    Ok(ScoreInput {
        criterion: change.criterion.clone(),
        score: value.score,
        evidence: value.evidence,
        comment: value.comment,
    })
}
