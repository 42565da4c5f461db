//! How an inspection ends once the structure was heard: whoever inspected proposes, somebody else concludes (C10, C11).

use entity::ids::{InspectionId, NonconformityId};
use entity::inspection::{self, Proposal};
use entity::nonconformity::{self, NonconformityState};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Date;

use super::{locked_gap, move_gap, record, record_step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::inspections::deadlines;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::{ConcludeInput, ProposalInput, text};
use crate::features::inspections::state::gap::GapStep;
use crate::features::inspections::state::{InvalidStep, Step, TABLE};
use crate::features::inspections::{labels, queries};
use crate::features::settings;
use crate::rules::life::LifeDelays;

/// Proposes how to end, once the structure commented or its delay is over.
///
/// # Errors
/// A structure that may still comment; gaps that the proposal forgets; every fault; the refusals of every act.
pub async fn propose_conclusion(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    input: &ProposalInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionReport, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, step_of(input.proposal))?;
    heard(tx, &dossier).await?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    agrees(input.proposal, &queries::gaps(tx.conn(), id).await?)?;
    let (now, conclusion) = (tx.instant(), input.conclusion.trim().to_owned());
    dossier
        .change(tx, |row| {
            row.proposal = Some(input.proposal);
            row.proposed_at = Some(now);
            row.conclusion = Some(conclusion);
        })
        .await?;
    let told = ("inspection.proposed", "CTL_PROPOSED");
    record(tx, &grant, &dossier, told, (None, None), What::Proposed).await?;
    Ok(dossier.inspection)
}

/// Gives up a gap, the structure having been heard.
///
/// # Errors
/// No reason; a gap that is not open to it; a structure that may still comment; the refusals of every act.
pub async fn drop_gap(
    tx: &mut Tx,
    id: InspectionId,
    gap: NonconformityId,
    reason: &str,
) -> Result<nonconformity::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionReport, &dossier.facts())?;
    adversarial(&dossier, Step::CloseConforming)?;
    heard(tx, &dossier).await?;
    let gap = locked_gap(tx, id, gap).await?;
    if let Some(fault) = text("/reason", reason, "Dites pourquoi cet écart est abandonné") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let reason = reason.trim();
    let gap = move_gap(tx, gap, GapStep::Drop, |gap| gap.drop_reason = Some(reason.to_owned())).await?;
    // What was proposed of the gaps that there were does not hold any more.
    dossier
        .change(tx, |row| {
            row.proposal = None;
            row.proposed_at = None;
        })
        .await?;
    let told = ("inspection.gap_dropped", "CTL_GAP_DROPPED");
    record(tx, &grant, &dossier, told, (None, None), What::GapDropped { gap: &gap, reason }).await?;
    Ok(gap)
}

/// Concludes: whoever did not inspect, on what whoever inspected proposed.
///
/// # Errors
/// Nothing proposed; gaps that the decision forgets; a day that cannot be; the refusals of every act.
pub async fn conclude(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    input: &ConcludeInput,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionConclude, &dossier.facts())?;
    dossier.check_version(seen)?;
    let step = step_of(input.decision);
    TABLE.next(dossier.inspection.state, step)?;
    if dossier.inspection.proposal.is_none() {
        let detail = labels::refusals::NOT_PROPOSED;
        return Err(InspectionError::blocked("inspection-not-proposed", detail, Vec::new()));
    }
    let gaps = queries::gaps(tx.conn(), id).await?;
    agrees(input.decision, &gaps)?;
    let delays = settings::life_delays(tx.conn()).await?;
    let today = dossier.today(tx.now());
    let gaps = match input.decision {
        Proposal::CloseConforming => Vec::new(),
        Proposal::RequestActions => request(tx, gaps, input, &delays, today).await?,
    };
    let (now, by) = (tx.instant(), tx.actor().account_id());
    let typed = input.conclusion.trim();
    let closes = input.decision == Proposal::CloseConforming;
    let zone = dossier.structure.zone.clone();
    let line = dossier
        .step(tx, step, |row| {
            if !typed.is_empty() {
                row.conclusion = Some(typed.to_owned());
            }
            row.validated_by = by;
            row.concluded_at = Some(now);
            row.closed_at = closes.then_some(now);
            row.warned = 0;
            row.deadline_at = deadlines::next_alarm(row, &gaps, &zone, &delays).map(|(at, _)| at.into());
        })
        .await?;
    let what = if closes { What::Conforming } else { What::Requested { gaps: &gaps } };
    record_step(tx, &grant, &dossier, line, what).await?;
    Ok(dossier.inspection)
}

/// Asks for every gap that stays to be put right, each by its day.
async fn request(
    tx: &Tx,
    gaps: Vec<nonconformity::Model>,
    input: &ConcludeInput,
    delays: &LifeDelays,
    today: Date,
) -> Result<Vec<nonconformity::Model>, InspectionError> {
    let found: Vec<_> = gaps.into_iter().filter(|gap| gap.state == NonconformityState::Found).collect();
    let usual = |gap: &nonconformity::Model| delays.action_due(gap.severity, today);
    let typed =
        |gap: &nonconformity::Model| input.due.iter().find(|(id, _)| *id == gap.id).map(|(_, day)| *day);
    let mut faults = Vec::new();
    for gap in &found {
        // A longer delay than the rules of procedure give is no favour that one person may do.
        if typed(gap).is_some_and(|day| day <= today || day > usual(gap)) {
            let pointer = format!("/due_on/{}", gap.criterion);
            faults.push(Fault::new(pointer, "due-not-possible", labels::refusals::due_between(usual(gap))));
        }
    }
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let mut asked = Vec::with_capacity(found.len());
    for gap in found {
        let day = typed(&gap).unwrap_or_else(|| usual(&gap));
        asked.push(move_gap(tx, gap, GapStep::Request, |gap| gap.due_on = Some(day)).await?);
    }
    Ok(asked)
}

const fn step_of(proposal: Proposal) -> Step {
    match proposal {
        Proposal::CloseConforming => Step::CloseConforming,
        Proposal::RequestActions => Step::RequestActions,
    }
}

/// Refuses an end that forgets gaps, or that asks for nothing.
fn agrees(proposal: Proposal, gaps: &[nonconformity::Model]) -> Result<(), InspectionError> {
    let open: Vec<_> = gaps.iter().filter(|gap| gap.state == NonconformityState::Found).collect();
    match (proposal, open.is_empty()) {
        (Proposal::CloseConforming, false) => {
            let blocking =
                open.iter().map(|gap| labels::refusals::gap(&gap.criterion, &gap.finding)).collect();
            Err(InspectionError::blocked("inspection-gaps-left", labels::refusals::GAPS_LEFT, blocking))
        }
        (Proposal::RequestActions, true) => {
            Err(InspectionError::blocked("inspection-no-gap", labels::refusals::NO_GAP, Vec::new()))
        }
        _ => Ok(()),
    }
}

/// Refuses what is not between the provisional report and the end.
fn adversarial(dossier: &Dossier, step: Step) -> Result<(), InspectionError> {
    let from = dossier.inspection.state;
    if from == inspection::InspectionState::Adversarial {
        Ok(())
    } else {
        Err(InvalidStep { from, step }.into())
    }
}

/// Nothing is concluded while the structure may still comment, unless it did.
async fn heard(tx: &Tx, dossier: &Dossier) -> Result<(), InspectionError> {
    let row = &dossier.inspection;
    let over = row.comments_due_at.is_some_and(|until| *until < tx.now());
    if over || commented(tx.conn(), row.id).await? {
        return Ok(());
    }
    Err(InspectionError::blocked("inspection-hearing-open", labels::refusals::HEARING_OPEN, Vec::new()))
}

async fn commented(conn: &impl ConnectionTrait, id: InspectionId) -> Result<bool, InspectionError> {
    use entity::inspection_comment::{Column, Entity};
    use sea_orm::ColumnTrait;
    Ok(Entity::find().filter(Column::InspectionId.eq(id)).count(conn).await? > 0)
}
