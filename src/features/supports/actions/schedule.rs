//! A support has its date and somebody to give it: its mission is proposed with it, and moved with it.

use entity::agreement_request::VisitMode;
use entity::ids::TeachingSupportId;
use entity::mission::{self, MissionObject};
use entity::teaching_support;

use super::{mission_of, name_of, record_step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::actions as missions;
use crate::features::missions::input::{Mode, TypedMission};
use crate::features::supports::dossier::Dossier;
use crate::features::supports::error::SupportError;
use crate::features::supports::events::What;
use crate::features::supports::input::{ScheduleInput, text};
use crate::features::supports::labels;
use crate::features::supports::state::{Step, TABLE};

/// Fixes the date and proposes the mission. Ties, days off and half-days are looked at by the mission.
///
/// # Errors
/// What the mission refuses; the refusals of every act.
pub async fn schedule(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    input: &ScheduleInput,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportSchedule, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.support.state, Step::Schedule)?;
    let proposal = missions::Proposal {
        mission: typed(&dossier, input),
        expert: input.expert,
        answer_by: None,
        tie_reason: Some(input.tie_reason.clone()).filter(|reason| !reason.trim().is_empty()),
        resumes: None,
    };
    let given = Box::pin(missions::propose(tx, &proposal)).await?;
    let person = name_of(tx, Some(given.expert_id)).await?;
    let line = dossier.step(tx, Step::Schedule, |row| take(row, &given)).await?;
    record_step(tx, &grant, &dossier, line, What::Scheduled { person: &person }).await?;
    Ok(dossier.support)
}

/// The mission of a support.
fn typed(dossier: &Dossier, input: &ScheduleInput) -> TypedMission {
    let row = &dossier.support;
    let on_site = row.mode == VisitMode::OnSite;
    TypedMission {
        title: labels::mission_title(&dossier.structure.name),
        structure: Some(row.structure_id),
        site: row.site_id,
        certification: dossier.version.as_ref().map(|version| version.certification_id),
        mode: Some(if on_site { Mode::OnSite } else { Mode::Remote }),
        department: if on_site { dossier.structure.department.clone() } else { String::new() },
        zone: dossier.structure.zone.clone(),
        starts_on: input.starts_on.clone(),
        starts_time: input.starts_time.clone(),
        ends_on: input.ends_on.clone(),
        ends_time: input.ends_time.clone(),
        instructions: format!("{}\n\n{}", row.need, row.objectives),
        ..TypedMission::of(MissionObject::Support)
    }
}

/// What a support takes from its mission.
pub(super) fn take(row: &mut teaching_support::Model, mission: &mission::Model) {
    row.mission_id = Some(mission.id);
    row.expert_id = Some(mission.expert_id);
    row.tie_override.clone_from(&mission.tie_override);
    row.starts_at = Some(mission.starts_at);
    row.ends_at = Some(mission.ends_at);
    row.sequence = mission.sequence;
}

/// Moves a support, with its mission: first day, hour, last day, hour, as typed.
///
/// # Errors
/// No reason; no mission; what the mission refuses; the refusals of every act.
pub async fn postpone(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    days: [&str; 4],
    reason: &str,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::SupportSchedule, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.support.state, Step::Postpone)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi la date change") {
        return Err(SupportError::Invalid(vec![fault]));
    }
    let mission = mission_of(tx, &dossier).await?;
    let mission =
        mission.ok_or_else(|| SupportError::blocked("support-without-mission", labels::NO_MISSION))?;
    let moved = Box::pin(missions::reschedule(tx, mission.id, None, days, reason)).await?;
    let person = name_of(tx, Some(moved.expert_id)).await?;
    let reason = reason.trim().to_owned();
    let line = dossier.step(tx, Step::Postpone, |row| take(row, &moved)).await?;
    record_step(tx, &grant, &dossier, line, What::Moved { reason: &reason, person: &person }).await?;
    Ok(dossier.support)
}
