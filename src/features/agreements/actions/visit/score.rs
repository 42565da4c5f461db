//! Keeps scores as the contrôleur fills in the grid, criterion after criterion.

use entity::agreement_request::{self, RequestState};
use entity::grid_score;
use entity::ids::AgreementRequestId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::record_visit::stored;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_act;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::grid::Grid;
use crate::features::agreements::input::{ScoreInput, score_faults};
use crate::features::agreements::state::{InvalidStep, Step};

/// Keeps scores; may be repeated until the report leaves.
///
/// # Errors
/// Scores that break the grid; a visit not planned or already reported; the refusals of every act.
pub async fn score(tx: &mut Tx, id: AgreementRequestId, scores: &[ScoreInput]) -> Result<(), AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestVisit, &dossier.facts())?;
    let open = [RequestState::VisitScheduled, RequestState::VisitDone];
    if !open.contains(&dossier.request.state) {
        return Err(InvalidStep { from: dossier.request.state, step: Step::RecordVisit }.into());
    }
    let grid = dossier.grid(&stored(tx, &dossier.request).await?, tx.now());
    let faults = score_faults(grid, scores);
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    save(tx, &dossier.request, grid, scores).await?;
    // The request shows its scores: whoever read it before must read it again.
    dossier.change(tx, |_| ()).await?;
    record_act(tx, &grant, &dossier, What::Scored { criteria: scores.len() }).await
}

pub(super) async fn save(
    tx: &Tx,
    request: &agreement_request::Model,
    grid: &Grid,
    scores: &[ScoreInput],
) -> Result<(), AgreementError> {
    use grid_score::Column;
    if scores.is_empty() {
        return Ok(());
    }
    let rows = scores.iter().map(|score| grid_score::ActiveModel {
        id: Set(tx.new_id()),
        request_id: Set(request.id),
        visit: Set(request.visit_number),
        grid: Set(grid.version.clone()),
        criterion: Set(score.criterion.clone()),
        score: Set(score.score),
        evidence: Set(score.evidence.trim().to_owned()),
        comment: Set(score.comment.trim().to_owned()),
        scored_at: Set(tx.instant()),
    });
    let again = OnConflict::columns([Column::RequestId, Column::Visit, Column::Criterion])
        .update_columns([Column::Score, Column::Evidence, Column::Comment, Column::ScoredAt])
        .to_owned();
    grid_score::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx.conn()).await?;
    Ok(())
}
