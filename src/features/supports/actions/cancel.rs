//! A support does not take place.

use entity::ids::TeachingSupportId;
use entity::mission::MissionState;
use entity::teaching_support;

use super::{mission_of, record_step};
use crate::authz::{Permission, may};
use crate::db::Tx;
use crate::features::missions::actions as missions;
use crate::features::supports::dossier::Dossier;
use crate::features::supports::error::SupportError;
use crate::features::supports::events::What;
use crate::features::supports::input::text;
use crate::features::supports::state::{Step, TABLE};

/// Cancels a support, and its mission when this person may: the team is told of it otherwise.
///
/// # Errors
/// No reason; the refusals of every act.
pub async fn cancel(
    tx: &mut Tx,
    id: TeachingSupportId,
    seen: Option<i32>,
    reason: &str,
) -> Result<teaching_support::Model, SupportError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let facts = dossier.facts();
    let grant = tx.authorize(Permission::SupportCancel, &facts)?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.support.state, Step::Cancel)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi cet appui est annulé") {
        return Err(SupportError::Invalid(vec![fault]));
    }
    let reason = reason.trim().to_owned();
    let live = mission_of(tx, &dossier).await?.filter(|mission| mission.state != MissionState::Cancelled);
    let manages = may(tx.actor(), Permission::MissionManage, &facts);
    let mut left = String::new();
    if let Some(mission) = live {
        if manages {
            Box::pin(missions::cancel(tx, mission.id, None, &reason)).await?;
        } else {
            left = mission.number;
        }
    }
    let kept = reason.clone();
    let line = dossier.step(tx, Step::Cancel, |row| row.reason = Some(kept)).await?;
    let what = What::Cancelled { reason: &reason, mission: &left };
    record_step(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.support)
}
