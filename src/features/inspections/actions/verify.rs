//! The answers of the structure are checked, gap by gap: put right, or not enough (C13, C14).

use entity::corrective_action::{self, ActionState, VerifiedBy};
use entity::ids::{InspectionId, NonconformityId};
use entity::inspection;
use entity::nonconformity::{self, NonconformityState};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Date;

use super::{locked_gap, move_gap, record, record_step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::inspections::deadlines;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::{Insufficient, VerifyInput, text};
use crate::features::inspections::state::action::{self, ActionStep};
use crate::features::inspections::state::gap::{self, GapStep};
use crate::features::inspections::state::{InvalidStep, Step, TABLE, is_performed};
use crate::features::inspections::{labels, queries};
use crate::features::settings;
use crate::rules::deadline::add_days;
use crate::rules::life::LifeDelays;

/// Closes a gap, on what proves that it is put right.
///
/// # Errors
/// An answer without evidence; a follow-up that is not one, or did not take place; every fault; the refusals of every act.
pub async fn close_gap(
    tx: &mut Tx,
    id: InspectionId,
    gap: NonconformityId,
    input: &VerifyInput,
) -> Result<nonconformity::Model, InspectionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionVerify, &dossier.facts())?;
    TABLE.next(dossier.inspection.state, Step::Verify)?;
    let gap = locked_gap(tx, id, gap).await?;
    gap::TABLE.next(Some(gap.state), GapStep::Close)?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let answers = queries::answers_to(tx.conn(), std::slice::from_ref(&gap)).await?;
    let last = answers.into_iter().rfind(|one| one.action.state == ActionState::Submitted);
    let last = last.ok_or_else(|| without_evidence(&gap))?;
    match (input.how, input.follow_up) {
        (VerifiedBy::Documents, _) if last.evidence.is_empty() => return Err(without_evidence(&gap)),
        (VerifiedBy::FollowUp, Some(visit)) => follows(tx, id, visit).await?,
        _ => {}
    }
    let words = input.verification.trim();
    check(tx, last.action, ActionStep::Close, words, Some(input)).await?;
    let now = tx.instant();
    let gap = move_gap(tx, gap, GapStep::Close, |gap| gap.closed_at = Some(now)).await?;
    let told = ("inspection.gap_closed", "CTL_GAP_CLOSED");
    let what = What::GapClosed { gap: &gap, how: words };
    record(tx, &grant, &dossier, told, (None, None), what).await?;
    Ok(gap)
}

fn without_evidence(gap: &nonconformity::Model) -> InspectionError {
    let blocking = vec![labels::refusals::gap(&gap.criterion, &gap.finding)];
    InspectionError::blocked("corrective-action-without-evidence", labels::refusals::NO_EVIDENCE, blocking)
}

/// Refuses a follow-up of something else, or that did not take place.
async fn follows(tx: &Tx, id: InspectionId, visit: InspectionId) -> Result<(), InspectionError> {
    let found = inspection::Entity::find_by_id(visit).one(tx.conn()).await?;
    let done = found.is_some_and(|one| one.follows_id == Some(id) && is_performed(one.state));
    if done {
        return Ok(());
    }
    Err(InspectionError::fault("/follow_up_id", "follow-up", labels::refusals::NOT_A_FOLLOW_UP))
}

/// Keeps what became of an answer that was submitted.
async fn check(
    tx: &Tx,
    row: corrective_action::Model,
    step: ActionStep,
    words: &str,
    input: Option<&VerifyInput>,
) -> Result<(), InspectionError> {
    let row = corrective_action::Model {
        state: action::TABLE.next(Some(row.state), step)?.to,
        verified_by: tx.actor().account_id(),
        verified_at: Some(tx.instant()),
        verified_on: Some(input.map_or(VerifiedBy::Documents, |input| input.how)),
        follow_up_id: input.and_then(|input| input.follow_up),
        verification: Some(words.to_owned()),
        version: row.version + 1,
        ..row
    };
    row.into_active_model().reset_all().update(tx.conn()).await?;
    Ok(())
}

/// Says which answers are not enough, and until when the structure completes them: another day is given once.
///
/// # Errors
/// None named; a gap that was not answered; a day that cannot be; the refusals of every act.
pub async fn find_insufficient(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    named: &[Insufficient],
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionVerify, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::FindInsufficient)?;
    let delays = settings::life_delays(tx.conn()).await?;
    let today = dossier.today(tx.now());
    if named.is_empty() {
        return Err(InspectionError::fault("/gaps", "missing", labels::refusals::NONE_NAMED));
    }
    let mut found = Vec::with_capacity(named.len());
    let mut faults = Vec::new();
    for one in named {
        let gap = locked_gap(tx, id, one.gap).await?;
        gap::TABLE.next(Some(gap.state), GapStep::FindInsufficient)?;
        faults.extend(insufficient_faults(&gap, one, &delays, today));
        found.push((gap, one));
    }
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let mut told = Vec::with_capacity(found.len());
    for (gap, one) in found {
        let answers = queries::answers_to(tx.conn(), std::slice::from_ref(&gap)).await?;
        let last = answers.into_iter().rfind(|answer| answer.action.state == ActionState::Submitted);
        let reason = one.reason.trim();
        if let Some(last) = last {
            check(tx, last.action, ActionStep::FindInsufficient, reason, None).await?;
        }
        let gap = move_gap(tx, gap, GapStep::FindInsufficient, |gap| {
            if let Some(day) = one.due_on {
                gap.due_on = Some(day);
                gap.extended = true;
            }
        })
        .await?;
        told.push((gap, reason.to_owned()));
    }
    let gaps = queries::gaps(tx.conn(), id).await?;
    let zone = dossier.structure.zone.clone();
    let line = dossier
        .step(tx, Step::FindInsufficient, |row| {
            row.warned = 0;
            row.deadline_at = deadlines::next_alarm(row, &gaps, &zone, &delays).map(|(at, _)| at.into());
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Insufficient { gaps: &told }).await?;
    Ok(dossier.inspection)
}

fn insufficient_faults(
    gap: &nonconformity::Model,
    one: &Insufficient,
    delays: &LifeDelays,
    today: Date,
) -> Vec<Fault> {
    let at = |field: &str| format!("/{field}/{}", gap.criterion);
    let mut faults: Vec<_> =
        text(&at("reason"), &one.reason, "Dites ce qui ne suffit pas").into_iter().collect();
    let latest = add_days(today, delays.insufficient_days.into());
    match one.due_on {
        Some(_) if gap.extended => {
            faults.push(Fault::new(at("due_on"), "extended-once", labels::refusals::EXTENDED_ONCE));
        }
        Some(day) if day <= today || day > latest => {
            let message = labels::refusals::due_between(latest);
            faults.push(Fault::new(at("due_on"), "due-not-possible", message));
        }
        _ => {}
    }
    faults
}

/// Ends the inspection, every gap being closed or given up.
///
/// # Errors
/// Gaps that are left, listed; nothing written; the refusals of every act.
pub async fn close(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
    words: &str,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionVerify, &dossier.facts())?;
    dossier.check_version(seen)?;
    let from = dossier.inspection.state;
    TABLE.next(from, Step::Verify).map_err(|_| InvalidStep { from, step: Step::Verify })?;
    let gaps = queries::gaps(tx.conn(), id).await?;
    let open = |gap: &&nonconformity::Model| {
        !matches!(gap.state, NonconformityState::Closed | NonconformityState::Dropped)
    };
    let left: Vec<_> =
        gaps.iter().filter(open).map(|gap| labels::refusals::gap(&gap.criterion, &gap.finding)).collect();
    if !left.is_empty() {
        return Err(InspectionError::blocked("inspection-gaps-left", labels::refusals::GAPS_LEFT, left));
    }
    if let Some(fault) = text("/closing", words, "Écrivez la conclusion adressée à la structure") {
        return Err(InspectionError::Invalid(vec![fault]));
    }
    let (now, words) = (tx.instant(), words.trim().to_owned());
    let kept = words.clone();
    let line = dossier
        .step(tx, Step::Verify, |row| {
            row.closed_at = Some(now);
            row.closing = Some(kept);
            row.deadline_at = None;
        })
        .await?;
    record_step(tx, &grant, &dossier, line, What::Closed { words: &words }).await?;
    Ok(dossier.inspection)
}
