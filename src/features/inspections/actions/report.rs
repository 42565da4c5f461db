//! The provisional report, and what the structure answers to it (C8, C9).

use entity::ids::InspectionId;
use entity::{inspection, inspection_comment};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::perform::rule_score;
use super::record_step;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::text;
use crate::features::inspections::queries;
use crate::features::inspections::state::{Step, TABLE};
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::grid::Tally;

/// Sends the provisional report; the structure has the delay of the settings to comment.
///
/// # Errors
/// The refusals of every act.
pub async fn send_report(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    report: &str,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionReport, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::SendReport)?;
    if let Some(fault) = text("/report", report, "Écrivez le rapport\u{202f}: ce qui a été vu et constaté")
    {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let delays = settings::life_delays(tx.conn()).await?;
    let until = dossier.end_of(add_days(dossier.today(tx.now()), delays.comment_days.into()));
    let answers = queries::answers(tx.conn(), id).await?;
    let scores: Vec<_> = answers.iter().map(|answer| rule_score(answer.score)).collect();
    let (now, report) = (tx.instant(), report.trim().to_owned());
    let line = dossier
        .step(tx, Step::SendReport, |row| {
            row.report = Some(report);
            row.report_sent_at = Some(now);
            row.comments_due_at = Some(until.into());
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::ReportSent { tally: Tally::of(&scores) }).await?;
    Ok(dossier.inspection)
}

/// Keeps what the structure answers, as it was received.
///
/// # Errors
/// Nothing written; the refusals of every act.
pub async fn comment(
    tx: &mut Tx,
    id: InspectionId,
    typed: &str,
) -> Result<inspection_comment::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionComment, &dossier.facts())?;
    TABLE.next(dossier.inspection.state, Step::Comment)?;
    if let Some(fault) = text("/text", typed, "Écrivez vos observations") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let comment = inspection_comment::Model {
        id: tx.new_id(),
        inspection_id: id,
        text: typed.trim().to_owned(),
        document_id: None,
        commented_by: tx.actor().account_id(),
        commented_at: tx.instant(),
    };
    let comment = comment.into_active_model().reset_all().insert(tx.conn()).await?;
    let line = dossier.step(tx, Step::Comment, |_| ()).await?;
    record_step(tx, &grant, &dossier, line, What::Commented { text: &comment.text }).await?;
    Ok(comment)
}
