//! Who makes an inspection: its mission is proposed (C2), and what becomes of it moves the inspection (C3).

use entity::certification;
use entity::ids::MissionId;
use entity::inspection;
use entity::mission::{self, MissionObject};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::OffsetDateTime;

use super::{record, record_step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::AssignInput;
use crate::features::inspections::labels;
use crate::features::inspections::state::{Step, TABLE};
use crate::features::missions::actions::{self as missions, Proposal};
use crate::features::missions::input::{Mode, TypedMission};
use crate::features::missions::state::{is_held, is_vacant};

/// Proposes the mission of an inspection. The structure learns nothing of it.
///
/// # Errors
/// A mission that somebody has or was asked for; the refusals of the mission, ties with the structure among them; the refusals of every act.
pub async fn assign(
    tx: &mut Tx,
    id: entity::ids::InspectionId,
    seen: Option<i32>,
    input: &AssignInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionAssign, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::Assign)?;
    free(tx, &dossier).await?;
    let proposal = Proposal {
        mission: typed(tx, &dossier, &input.dates).await?,
        expert: input.expert,
        answer_by: input.answer_by,
        tie_reason: input.tie_reason.clone(),
        resumes: None,
    };
    let mission = Box::pin(missions::propose_quietly(tx, &proposal)).await?;
    let now = tx.instant();
    let line = dossier
        .step(tx, Step::Assign, |row| {
            row.controller_id = None;
            row.mission_id = Some(mission.id);
            row.tie_override.clone_from(&mission.tie_override);
            row.assigned_at = Some(now);
            row.starts_at = Some(mission.starts_at);
            row.ends_at = Some(mission.ends_at);
            if row.place.is_empty() {
                row.place.clone_from(&mission.place);
            }
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Assigned { mission: &mission.number }).await?;
    Ok(dossier.inspection)
}

/// Closes the mission that waits for somebody, which the new one takes the place of; refuses while somebody has it or was asked.
async fn free(tx: &mut Tx, dossier: &Dossier) -> Result<(), InspectionError> {
    let Some(id) = dossier.inspection.mission_id else { return Ok(()) };
    let found = mission::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let Some(found) = found else { return Ok(()) };
    if is_vacant(found.state) {
        Box::pin(missions::cancel(tx, id, None, labels::mission::GIVEN_ANEW)).await?;
        return Ok(());
    }
    if found.state == mission::MissionState::Cancelled {
        return Ok(());
    }
    let blocking = vec![labels::mission::open(&found.number)];
    Err(InspectionError::blocked("inspection-assigned", labels::mission::ASKED_ALREADY, blocking))
}

/// The mission, as it would be typed.
async fn typed(tx: &Tx, dossier: &Dossier, dates: &[String; 4]) -> Result<TypedMission, InspectionError> {
    let found = certification::Entity::find_by_id(dossier.version.certification_id).one(tx.conn()).await?;
    let title = found.map_or_else(|| dossier.version.title.clone(), |found| found.short_title);
    let [starts_on, starts_time, ends_on, ends_time] = dates.clone();
    let remote = dossier.inspection.mode != entity::agreement_request::VisitMode::OnSite;
    Ok(TypedMission {
        title: labels::mission::title(&title, &dossier.structure.name),
        structure: Some(dossier.structure.id),
        site: dossier.inspection.site_id,
        certification: Some(dossier.version.certification_id),
        mode: Some(if remote { Mode::Remote } else { Mode::OnSite }),
        zone: dossier.inspection.zone.clone(),
        starts_on,
        starts_time,
        ends_on,
        ends_time,
        instructions: labels::mission::instructions(&dossier.inspection),
        ..TypedMission::of(MissionObject::Inspection)
    })
}

/// Moves the inspection of a mission as the mission went; false when nothing is left to do, or when it is of no inspection.
///
/// # Errors
/// The refusals of every act.
pub async fn follow_mission(tx: &mut Tx, id: MissionId) -> Result<bool, InspectionError> {
    let mission = mission::Entity::find_by_id(id).one(tx.conn()).await?;
    let found =
        inspection::Entity::find().filter(inspection::Column::MissionId.eq(id)).one(tx.conn()).await?;
    let (Some(mission), Some(found)) = (mission, found) else { return Ok(false) };
    let mut dossier = Dossier::locked(tx, found.id).await?;
    let grant = tx.authorize(Permission::InspectionFollow, &dossier.facts())?;
    let row = &dossier.inspection;
    if row.mission_id != Some(id) {
        return Ok(false);
    }
    let holder = is_held(mission.state).then_some(mission.expert_id);
    if row.controller_id.is_some() && row.controller_id != holder {
        let Ok(line) = TABLE.next(row.state, Step::Release) else { return Ok(false) };
        let told = line.from != line.to;
        dossier.step(tx, Step::Release, |row| row.controller_id = None).await?;
        record_step(tx, &grant, &dossier, line, What::Released { told }).await?;
        return Ok(true);
    }
    if let (Some(holder), None) = (holder, row.controller_id) {
        let dates: (OffsetDateTime, OffsetDateTime) = (*mission.starts_at, *mission.ends_at);
        dossier
            .change(tx, |row| {
                row.controller_id = Some(holder);
                row.starts_at = Some(dates.0.into());
                row.ends_at = Some(dates.1.into());
            })
            .await?;
        let told = ("inspection.accepted", "CTL_ACCEPTED");
        record(tx, &grant, &dossier, told, (None, None), What::Accepted).await?;
        return Ok(true);
    }
    let nobody = is_vacant(mission.state) || mission.state == mission::MissionState::Cancelled;
    if nobody
        && row.controller_id.is_none()
        && row.assigned_at.is_some()
        && TABLE.can(row.state, Step::Decline)
    {
        let line = dossier.step(tx, Step::Decline, |row| row.assigned_at = None).await?;
        record_step(tx, &grant, &dossier, line, What::Declined).await?;
        return Ok(true);
    }
    Ok(false)
}
