//! An inspection took place, every criterion being scored, or was refused by the structure (C6, C7).

use std::collections::HashMap;

use entity::grid_score::Score as StoredScore;
use entity::ids::InspectionId;
use entity::inspection::{self, InspectionRating};
use entity::inspection_answer;
use entity::nonconformity::{self, NonconformityState, Severity};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::record_step;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::grid::{self, Grid};
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::{PerformInput, text};
use crate::features::inspections::state::{InvalidStep, Step, may_take_place};
use crate::features::inspections::{labels, queries};
use crate::features::settings;
use crate::rules::grid::{Rating, Score, Tally, rate};

/// Records that the inspection took place. Each gap of the grid becomes a non-conformity.
///
/// # Errors
/// An inspection before its hour; criteria without a score, listed; nobody met; the refusals of every act.
pub async fn perform(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    input: &PerformInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionPerform, &dossier.facts())?;
    dossier.check_version(seen)?;
    ready(&dossier, Step::Perform)?;
    if dossier.inspection.starts_at.is_some_and(|at| *at > tx.now()) {
        let detail = labels::refusals::NOT_YET;
        return Err(InspectionError::blocked("inspection-not-yet", detail, Vec::new()));
    }
    if let Some(fault) = text("/persons_met", &input.persons_met, labels::refusals::NOBODY_MET) {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let answers = queries::answers(tx.conn(), id).await?;
    let day = dossier.inspection.starts_at.map_or(tx.now(), |at| *at);
    let grid = grid::named(dossier.inspection.grid.as_deref(), dossier.today(day));
    check_whole(grid, &answers, &dossier.version.title)?;
    let scores: Vec<_> = answers.iter().map(|answer| rule_score(answer.score)).collect();
    let thresholds = settings::grid_thresholds(tx.conn()).await?.unwrap_or_else(|| grid.thresholds());
    let rating = stored(rate(&scores, thresholds));
    let gaps = find_gaps(tx, &dossier, grid, &answers).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Perform, |row| {
            row.performed_at = Some(now);
            row.persons_met = Some(input.persons_met.trim().to_owned());
            row.rating = Some(rating);
            row.grid = Some(grid.version.clone());
        })
        .await?;
    let gaps: Vec<_> = gaps.iter().map(|gap| gap.id).collect();
    let what = What::Performed { tally: Tally::of(&scores), gaps: &gaps };
    record_step(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.inspection)
}

/// States that the structure refused the inspection: it has the delay of the settings to accept it after all.
///
/// # Errors
/// No statement; the refusals of every act.
pub async fn state_refusal(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    statement: &str,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionPerform, &dossier.facts())?;
    dossier.check_version(seen)?;
    ready(&dossier, Step::StateRefusal)?;
    if let Some(fault) = text("/statement", statement, "Dites comment la structure a refusé le contrôle") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let (now, statement) = (tx.instant(), statement.trim().to_owned());
    let kept = statement.clone();
    let line = dossier
        .step(tx, Step::StateRefusal, |row| {
            row.refused_at = Some(now);
            row.refusal = Some(kept);
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Refused { statement: &statement }).await?;
    Ok(dossier.inspection)
}

/// Only an unannounced inspection takes place, or is refused, without a notice.
fn ready(dossier: &Dossier, step: Step) -> Result<(), InspectionError> {
    let row = &dossier.inspection;
    if may_take_place(row.state, row.origin) {
        return Ok(());
    }
    Err(InvalidStep { from: row.state, step }.into())
}

fn check_whole(
    grid: &Grid,
    answers: &[inspection_answer::Model],
    certification: &str,
) -> Result<(), InspectionError> {
    let given = |code: &str| answers.iter().any(|answer| answer.criterion == code);
    let missing: Vec<_> = grid
        .criteria()
        .filter(|criterion| !given(&criterion.code))
        .map(|criterion| format!("{}\u{202f}: {}", criterion.code, criterion.said_of(certification)))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail = labels::refusals::incomplete(missing.len());
    Err(InspectionError::blocked("grid-incomplete", detail, missing))
}

/// Writes the gaps, in the order of the grid.
async fn find_gaps(
    tx: &Tx,
    dossier: &Dossier,
    grid: &Grid,
    answers: &[inspection_answer::Model],
) -> Result<Vec<nonconformity::Model>, InspectionError> {
    let by_code: HashMap<_, _> = answers.iter().map(|answer| (answer.criterion.as_str(), answer)).collect();
    let mut gaps = Vec::new();
    for criterion in grid.criteria() {
        let Some(answer) = by_code.get(criterion.code.as_str()) else { continue };
        let severity = match answer.score {
            StoredScore::Major => Severity::Major,
            StoredScore::Minor => Severity::Minor,
            StoredScore::Conforming | StoredScore::NotApplicable => continue,
        };
        let finding = if answer.comment.is_empty() { &answer.evidence } else { &answer.comment };
        let gap = nonconformity::Model {
            id: tx.new_id(),
            inspection_id: dossier.inspection.id,
            agreement_id: dossier.agreement.id,
            position: i32::try_from(gaps.len() + 1).unwrap_or(i32::MAX),
            criterion: answer.criterion.clone(),
            finding: finding.clone(),
            severity,
            state: NonconformityState::Found,
            due_on: None,
            extended: false,
            reserve_id: None,
            drop_reason: None,
            closed_at: None,
            warned: 0,
            version: 1,
        };
        gaps.push(gap.into_active_model().reset_all().insert(tx.conn()).await?);
    }
    Ok(gaps)
}

/// The score as the rules know it.
pub(in crate::features::inspections) const fn rule_score(score: StoredScore) -> Score {
    match score {
        StoredScore::Conforming => Score::Conforming,
        StoredScore::Minor => Score::Minor,
        StoredScore::Major => Score::Major,
        StoredScore::NotApplicable => Score::NotApplicable,
    }
}

const fn stored(rating: Rating) -> InspectionRating {
    match rating {
        Rating::Conforming => InspectionRating::Conforming,
        Rating::UnderReserve => InspectionRating::UnderReserve,
        Rating::Unfavourable => InspectionRating::Unfavourable,
    }
}
