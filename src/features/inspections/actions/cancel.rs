//! An inspection does not take place (C17).

use entity::ids::InspectionId;
use entity::{inspection, mission};
use sea_orm::EntityTrait;

use super::record_step;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::text;
use crate::features::inspections::state::{Step, TABLE};
use crate::features::missions::actions::cancel as cancel_mission;
use crate::features::missions::state as missions;

/// Cancels. What a tablet still sends is kept aside.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn cancel(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    reason: &str,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionCancel, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::Cancel)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi ce contrôle n’a pas lieu") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let (now, reason) = (tx.instant(), reason.trim().to_owned());
    let kept = reason.clone();
    let line = dossier
        .step(tx, Step::Cancel, |row| {
            row.closed_at = Some(now);
            row.closing = Some(kept);
            row.deadline_at = None;
        })
        .await?;
    give_back(tx, &dossier, &reason).await?;
    record_step(tx, &grant, &dossier, line, What::Cancelled { reason: &reason }).await?;
    Ok(dossier.inspection)
}

/// The mission that is not done goes with it: its half-days are free.
async fn give_back(tx: &mut Tx, dossier: &Dossier, reason: &str) -> Result<(), InspectionError> {
    let Some(id) = dossier.inspection.mission_id else { return Ok(()) };
    let found = mission::Entity::find_by_id(id).one(tx.conn()).await?;
    if found.is_some_and(|found| missions::TABLE.can(found.state, missions::Step::Cancel)) {
        Box::pin(cancel_mission(tx, id, None, reason)).await?;
    }
    Ok(())
}
