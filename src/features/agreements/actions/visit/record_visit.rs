//! Records that the visit took place, with the whole grid (row 12).

use std::collections::HashSet;

use entity::grid_score::Score as StoredScore;
use entity::ids::AgreementRequestId;
use entity::{agreement_request, grid_score};
use sea_orm::ActiveValue::Set;

use super::invitation::controller_name;
use super::score::save;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::record_step;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;
use crate::features::agreements::events::What;
use crate::features::agreements::grid::Grid;
use crate::features::agreements::input::{ScoreInput, score_faults};
use crate::features::agreements::queries;
use crate::features::agreements::state::{self, Step};
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::grid::{Score, Tally};

/// What the contrôleur brings back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitRecord {
    /// Scores given with the record; those kept before count too.
    pub scores: Vec<ScoreInput>,
    /// Who was met: functions rather than names.
    pub persons_met: String,
    /// The structure refused the control.
    pub refused: bool,
}

/// Records the visit.
///
/// # Errors
/// A visit before its date; criteria without a score, listed; nobody met, unless the structure refused the control;
/// the refusals of every act.
pub async fn record_visit(
    tx: &mut Tx,
    id: AgreementRequestId,
    version: Option<i32>,
    record: VisitRecord,
) -> Result<agreement_request::Model, AgreementError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::RequestVisit, &dossier.facts())?;
    dossier.check_version(version)?;
    state::TABLE.next(dossier.request.state, Step::RecordVisit)?;
    if dossier.request.visit_at.is_some_and(|at| *at > tx.now()) {
        let detail =
            "La visite n’a pas encore eu lieu\u{202f}: elle s’enregistre à partir de son heure de début.";
        return Err(AgreementError::blocked("visit-not-yet", detail, Vec::new()));
    }
    let grid = dossier.grid(&stored(tx, &dossier.request).await?, tx.now());
    let faults = score_faults(grid, &record.scores);
    if !faults.is_empty() {
        return Err(AgreementError::Invalid(faults));
    }
    save(tx, &dossier.request, grid, &record.scores).await?;
    let scores = stored(tx, &dossier.request).await?;
    if !record.refused {
        check_whole(grid, &scores, &dossier.version.title)?;
        check_met(&record.persons_met)?;
    }
    let delays = settings::agreement_delays(tx.conn()).await?;
    let today = dossier.today(tx.now());
    let report_due = add_days(today, i32::from(delays.report_within_days));
    let controller = controller_name(tx, &dossier).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::RecordVisit, |row| {
            row.visited_at = Set(Some(now));
            row.persons_met = Set(Some(record.persons_met));
            row.visit_refused = Set(record.refused);
        })
        .await?;
    let tally = tally(&scores);
    record_step(
        tx,
        &grant,
        &dossier,
        line,
        What::VisitRecorded { tally, controller_name: &controller, report_due },
    )
    .await?;
    Ok(dossier.request)
}

/// The scores kept for the visit in course of a request.
pub(super) async fn stored(
    tx: &Tx,
    request: &agreement_request::Model,
) -> Result<Vec<grid_score::Model>, AgreementError> {
    queries::scores(tx.conn(), request).await
}

/// How many scores of each kind.
pub(super) fn tally(scores: &[grid_score::Model]) -> Tally {
    let scores: Vec<_> = scores.iter().map(|score| rule_score(score.score)).collect();
    Tally::of(&scores)
}

/// The score as the rules know it.
pub(in crate::features::agreements) fn rule_score(score: StoredScore) -> Score {
    match score {
        StoredScore::Conforming => Score::Conforming,
        StoredScore::Minor => Score::Minor,
        StoredScore::Major => Score::Major,
        StoredScore::NotApplicable => Score::NotApplicable,
    }
}

/// A report that names nobody met proves no visit.
fn check_met(persons: &str) -> Result<(), AgreementError> {
    if persons.trim().is_empty() {
        let message = "Indiquez les personnes rencontrées\u{202f}: leurs fonctions suffisent";
        return Err(AgreementError::fault("/persons_met", "persons-met-missing", message));
    }
    Ok(())
}

fn check_whole(grid: &Grid, scores: &[grid_score::Model], certification: &str) -> Result<(), AgreementError> {
    let given: HashSet<_> = scores.iter().map(|score| score.criterion.as_str()).collect();
    let missing: Vec<_> = grid
        .criteria()
        .filter(|criterion| !given.contains(criterion.code.as_str()))
        .map(|criterion| format!("{} : {}", criterion.code, criterion.said_of(certification)))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail = format!("{} critères restent à noter avant d’enregistrer la visite.", missing.len());
    Err(AgreementError::blocked("grid-incomplete", detail, missing))
}
