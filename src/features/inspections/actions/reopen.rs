//! An inspection that was closed or cancelled by mistake is opened again, where it was; nothing of what was written is lost.

use entity::corrective_action::{self, ActionState};
use entity::ids::InspectionId;
use entity::inspection::{self, InspectionState};
use entity::nonconformity::{self, NonconformityState};
use sea_orm::{ActiveModelTrait, IntoActiveModel};

use super::{move_gap, record_step};
use crate::authz::Permission;
use crate::db::{self, Tx};
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::text;
use crate::features::inspections::state::action::{self, ActionStep};
use crate::features::inspections::state::gap::GapStep;
use crate::features::inspections::state::{Step, TABLE};
use crate::features::inspections::{labels, queries};

/// Opens it again: whoever did not inspect.
///
/// # Errors
/// No reason; a periodic inspection whose place was taken; the refusals of every act.
pub async fn reopen(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    reason: &str,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionConclude, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::Reopen)?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi ce contrôle est rouvert") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    for gap in queries::gaps(tx.conn(), id).await? {
        reopen_gap(tx, gap, dossier.inspection.state).await?;
    }
    let line = dossier.step(tx, Step::Reopen, back).await.map_err(taken)?;
    let reason = reason.trim();
    record_step(tx, &grant, &dossier, line, What::Reopened { reason }).await?;
    Ok(dossier.inspection)
}

/// What its row forgets; its state is already the new one.
fn back(row: &mut inspection::Model) {
    row.closed_at = None;
    match row.state {
        InspectionState::Planned => {
            row.closing = None;
            // Its mission was cancelled with it: somebody is asked anew.
            row.mission_id = None;
            row.controller_id = None;
            row.assigned_at = None;
            row.tie_override = None;
        }
        InspectionState::Adversarial => {
            row.proposal = None;
            row.proposed_at = None;
            row.validated_by = None;
            row.concluded_at = None;
        }
        _ => {}
    }
}

/// Another periodic inspection took its place meanwhile.
fn taken(error: InspectionError) -> InspectionError {
    match error {
        InspectionError::Below(db::Error::Database(below)) if db::is_unique_violation(&below) => {
            let detail = labels::refusals::PERIODIC_THERE;
            InspectionError::blocked("inspection-periodic-exists", detail, Vec::new())
        }
        other => other,
    }
}

/// A gap follows: one that was given up stands again, one that was closed waits again for its check.
async fn reopen_gap(
    tx: &Tx,
    gap: nonconformity::Model,
    from: InspectionState,
) -> Result<(), InspectionError> {
    match (from, gap.state) {
        (InspectionState::ClosedConforming, NonconformityState::Dropped) => {
            move_gap(tx, gap, GapStep::Reopen, |gap| gap.drop_reason = None).await?;
        }
        (InspectionState::Closed, NonconformityState::Closed) => {
            let answers = queries::actions_of(tx.conn(), gap.id).await?;
            if let Some(last) = answers.into_iter().rfind(|one| one.state == ActionState::Closed) {
                let row = corrective_action::Model {
                    state: action::TABLE.next(Some(last.state), ActionStep::Reopen)?.to,
                    verified_by: None,
                    verified_at: None,
                    verified_on: None,
                    follow_up_id: None,
                    verification: None,
                    version: last.version + 1,
                    ..last
                };
                row.into_active_model().reset_all().update(tx.conn()).await?;
            }
            move_gap(tx, gap, GapStep::Reopen, |gap| gap.closed_at = None).await?;
        }
        _ => {}
    }
    Ok(())
}
