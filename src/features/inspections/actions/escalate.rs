//! A plan that is late, or a refusal that stands, is brought to the right itself (C16, then A5); or the structure accepts after all.

use entity::ids::InspectionId;
use entity::inspection::{self, InspectionState};
use entity::right_act::ActCause;
use time::Date;

use super::record_step;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::agreements::actions::life::serve_notice;
use crate::features::agreements::input::life::{Charge, Ground};
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::{EscalateInput, text};
use crate::features::inspections::state::gap::waits_for_structure;
use crate::features::inspections::state::{Step, TABLE};
use crate::features::inspections::{labels, queries};
use crate::features::settings;
use crate::rules::deadline::{add_days, day_in_zone};
use crate::rules::life::LifeDelays;
use crate::rules::sanction::Sanction;

/// Serves the notice that announces a suspension, on what the inspection found: one act, two events.
///
/// # Errors
/// Too early; what the rule of sanctions refuses; an act in course on the right; every fault; the refusals of every act.
pub async fn escalate(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    input: &EscalateInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionEscalate, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::Escalate)?;
    if let Some(fault) = text("/reasons", &input.reasons, "Motivez la mise en demeure") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let delays = settings::life_delays(tx.conn()).await?;
    let from = opens_on(tx, &dossier, &delays).await?;
    if from.is_some_and(|day| dossier.today(tx.now()) < day) {
        let blocking = from.map(labels::refusals::from_day).into_iter().collect();
        let detail = labels::refusals::TOO_EARLY;
        return Err(InspectionError::blocked("inspection-escalation-too-early", detail, blocking));
    }
    let refused = dossier.inspection.state == InspectionState::RefusedByStructure;
    let (cause, ground) = if refused {
        (ActCause::RefusedInspection, Ground::RefusedInspection(id))
    } else {
        (ActCause::OverdueActions, Ground::OverdueActions(id))
    };
    let charge = Charge {
        sanction: Sanction::Suspend,
        cause,
        grounds: vec![ground],
        reasons: input.reasons.trim().to_owned(),
        urgency: String::new(),
        plan: input.plan.trim().to_owned(),
    };
    Box::pin(serve_notice(tx, dossier.agreement.id, None, &charge)).await?;
    let now = tx.instant();
    let line = dossier.step(tx, Step::Escalate, |row| row.escalated_at = Some(now)).await?;
    record_step(tx, &grant, &dossier, line, What::Escalated { reasons: input.reasons.trim() }).await?;
    Ok(dossier.inspection)
}

/// From which day it may be: some days after the end of the actions, or of the notice of a refusal.
async fn opens_on(tx: &Tx, dossier: &Dossier, delays: &LifeDelays) -> Result<Option<Date>, InspectionError> {
    let row = &dossier.inspection;
    if let (InspectionState::RefusedByStructure, Some(at)) = (row.state, row.refused_at) {
        let day = day_in_zone(*at, &dossier.structure.zone);
        return Ok(Some(add_days(day, i32::from(delays.refusal_notice_days) + 1)));
    }
    let gaps = queries::gaps(tx.conn(), row.id).await?;
    let due = gaps.iter().filter(|gap| waits_for_structure(gap.state)).filter_map(|gap| gap.due_on).min();
    Ok(due.map(|due| delays.escalates_on(due)))
}

/// The structure accepts the inspection that it refused: it is to be planned again.
///
/// # Errors
/// The refusals of every act.
pub async fn resume(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionNotify, &dossier.facts())?;
    dossier.check_version(seen)?;
    let line = dossier.step(tx, Step::Resume, |row| row.refused_at = None).await?;
    record_step(tx, &grant, &dossier, line, What::Resumed).await?;
    Ok(dossier.inspection)
}
