//! The mission was said to have taken place by mistake: it is accepted again, and what followed is to be done anew.

use entity::habilitation_step;
use entity::ids::MissionId;
use entity::mission::{self, MissionState};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::expenses::{moved, save_claim};
use super::{record, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::missions::dossier::Dossier;
use crate::features::missions::events::What;
use crate::features::missions::input::reason as read_reason;
use crate::features::missions::state::Step;
use crate::features::missions::state::claim::ClaimStep;
use crate::features::missions::{MissionError, labels};

/// Says that the mission did not take place. A claim that waits comes back to whoever sent it; the report and the score
/// stay in the journal alone.
///
/// # Errors
/// An empty reason; a claim that was certified; a mission on which the path to an habilitation rests; the refusals of
/// every act.
pub async fn reopen(
    tx: &mut Tx,
    id: MissionId,
    version: Option<i32>,
    reason: &str,
) -> Result<mission::Model, MissionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::MissionReopen, &dossier.facts())?;
    dossier.check_version(version)?;
    dossier.next(Step::Reopen)?;
    let reason = read_reason("/reason", reason, labels::faults::REOPEN_WANTS_REASON)?;
    refuse_rested_on(tx, id).await?;
    if dossier.mission.state == MissionState::ExpensesClaimed {
        let mut claim = moved(tx, &dossier, ClaimStep::Reopen).await?;
        claim.return_reason = Some(reason.clone());
        save_claim(tx, &claim).await?;
    }
    let line = step(tx, &mut dossier, Step::Reopen, |mission| {
        mission.done_at = None;
        mission.reported_at = None;
        mission.report = None;
        mission.satisfaction = None;
        mission.report_reminded = 0;
    })
    .await?;
    if *dossier.mission.ends_at <= tx.now() {
        // It would begin again by itself at once: somebody moves it, begins it or takes it back first.
        dossier.mission.deadline_at = None;
        let row = dossier.mission.clone().into_active_model().reset_all();
        mission::Entity::update(row).exec(tx.conn()).await?;
    }
    record(tx, &grant, &dossier, line, What::Reopened { reason: &reason }).await?;
    Ok(dossier.mission)
}

/// Refuses to undo a mission on which a step of the path to an habilitation rests.
async fn refuse_rested_on(tx: &Tx, id: MissionId) -> Result<(), MissionError> {
    let step = habilitation_step::Entity::find().filter(habilitation_step::Column::MissionId.eq(id));
    match step.one(tx.conn()).await? {
        Some(_) => Err(MissionError::RestedOn),
        None => Ok(()),
    }
}
