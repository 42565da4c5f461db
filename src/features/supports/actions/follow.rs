//! What the program does by itself: it follows the mission of a support, and reminds of a report.

use entity::ids::TeachingSupportId;
use entity::mission::MissionState;

use super::schedule::take;
use super::{mission_of, record, record_step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::state::is_vacant;
use crate::features::supports::dossier::Dossier;
use crate::features::supports::error::SupportError;
use crate::features::supports::events::What;
use crate::features::supports::state::{Step, TABLE};

/// Somebody else gives it.
const REASSIGNED: (&str, &str) = ("teaching_support.reassigned", "SUP_REASSIGNED");
/// The report is late.
const REPORT_LATE: (&str, &str) = ("teaching_support.report_late", "SUP_REPORT_LATE");

/// Brings a scheduled support where its mission stands: nobody has it, somebody else has it, or it moved. False when nothing changed.
///
/// # Errors
/// The refusals of every act.
pub async fn follow_mission(tx: &mut Tx, id: TeachingSupportId) -> Result<bool, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportFollow, &dossier.facts())?;
    if !TABLE.can(dossier.support.state, Step::Release) {
        return Ok(false);
    }
    let Some(mission) = mission_of(tx, &dossier).await? else { return Ok(false) };
    if is_vacant(mission.state) || mission.state == MissionState::Cancelled {
        let line = dossier
            .step(tx, Step::Release, |row| {
                row.expert_id = None;
                row.mission_id = None;
                row.tie_override = None;
                row.starts_at = None;
                row.ends_at = None;
            })
            .await?;
        record_step(tx, &grant, &dossier, line, What::Released).await?;
        return Ok(true);
    }
    let row = &dossier.support;
    let same = row.expert_id == Some(mission.expert_id)
        && row.starts_at == Some(mission.starts_at)
        && row.ends_at == Some(mission.ends_at);
    if same {
        return Ok(false);
    }
    dossier.change(tx, |row| take(row, &mission)).await?;
    record(tx, &grant, &dossier, REASSIGNED, (None, None), What::Reassigned).await?;
    Ok(true)
}

/// Reminds of a report that is late, once. False when nothing is to be done.
///
/// # Errors
/// The refusals of every act.
pub async fn remind_report(tx: &mut Tx, id: TeachingSupportId) -> Result<bool, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportDeadline, &dossier.facts())?;
    let late = dossier.support.deadline_at.is_some_and(|at| *at <= tx.now());
    if !late || !TABLE.can(dossier.support.state, Step::Report) {
        return Ok(false);
    }
    dossier
        .change(tx, |row| {
            row.deadline_at = None;
            row.warned += 1;
        })
        .await?;
    record(tx, &grant, &dossier, REPORT_LATE, (None, None), What::ReportLate).await?;
    Ok(true)
}
