//! An inspection does not take place (C17).

use entity::ids::InspectionId;
use entity::inspection;

use super::record_step;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::text;
use crate::features::inspections::state::{Step, TABLE};

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
    record_step(tx, &grant, &dossier, line, What::Cancelled { reason: &reason }).await?;
    Ok(dossier.inspection)
}
