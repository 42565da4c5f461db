//! The structure says what it does of each gap, with what proves it, and submits it all (C12).

use entity::corrective_action::{self, ActionState};
use entity::ids::{CorrectiveActionId, CorrectiveEvidenceId, InspectionId, NonconformityId};
use entity::nonconformity;
use entity::{corrective_evidence, inspection};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::{locked_gap, move_gap, record, record_step};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::inspections::dossier::Dossier;
use crate::features::inspections::error::InspectionError;
use crate::features::inspections::events::What;
use crate::features::inspections::input::{ActionInput, FileInput};
use crate::features::inspections::state::action::{self, ActionStep};
use crate::features::inspections::state::gap::{self, GapStep};
use crate::features::inspections::state::{Step, TABLE};
use crate::features::inspections::{documents, labels, queries};
use crate::storage::receive::{Attached, attach};

/// An inspection whose gaps the structure answers, and a gap that waits for it.
async fn open(
    tx: &Tx,
    id: InspectionId,
    gap: NonconformityId,
) -> Result<(Dossier, Grant, nonconformity::Model), InspectionError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionAnswer, &dossier.facts())?;
    TABLE.next(dossier.inspection.state, Step::SubmitActions)?;
    let gap = locked_gap(tx, id, gap).await?;
    gap::TABLE.next(Some(gap.state), GapStep::Answer)?;
    Ok((dossier, grant, gap))
}

/// Writes what is done about a gap: a draft until everything is submitted.
///
/// # Errors
/// Every fault; a gap that waits for nothing; the refusals of every act.
pub async fn write_action(
    tx: &mut Tx,
    id: InspectionId,
    gap: NonconformityId,
    input: &ActionInput,
) -> Result<corrective_action::Model, InspectionError> {
    let (dossier, grant, gap) = open(tx, id, gap).await?;
    let faults = input.faults();
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let row = draft(tx, gap.id).await?;
    let row = corrective_action::Model {
        cause: input.cause.trim().to_owned(),
        correction: input.correction.trim().to_owned(),
        owner: input.owner.trim().to_owned(),
        written_by: tx.actor().account_id(),
        written_at: tx.instant(),
        version: row.version + 1,
        ..row
    };
    let row = row.into_active_model().reset_all().update(tx.conn()).await?;
    let told = ("inspection.action_written", "CTL_ACTION_WRITTEN");
    record(tx, &grant, &dossier, told, (None, None), What::ActionWritten { action: &row }).await?;
    Ok(row)
}

/// The draft of a gap, begun when there is none. The lock of the gap holds it.
async fn draft(tx: &Tx, gap: NonconformityId) -> Result<corrective_action::Model, InspectionError> {
    let known = queries::actions_of(tx.conn(), gap).await?;
    if let Some(last) = known.last().filter(|last| last.state == ActionState::Draft) {
        return Ok(last.clone());
    }
    let row = corrective_action::Model {
        id: tx.new_id(),
        nonconformity_id: gap,
        round: known.last().map_or(1, |last| last.round + 1),
        state: action::TABLE.next(None, ActionStep::Write)?.to,
        cause: String::new(),
        correction: String::new(),
        owner: String::new(),
        written_by: tx.actor().account_id(),
        written_at: tx.instant(),
        submitted_at: None,
        verified_by: None,
        verified_at: None,
        verified_on: None,
        follow_up_id: None,
        verification: None,
        version: 0,
    };
    Ok(row.into_active_model().reset_all().insert(tx.conn()).await?)
}

/// Keeps a file that proves what was done about a gap.
///
/// # Errors
/// Every fault; a gap that waits for nothing; the refusals of every act.
pub async fn add_evidence(
    tx: &mut Tx,
    id: InspectionId,
    gap: NonconformityId,
    input: &FileInput,
) -> Result<corrective_evidence::Model, InspectionError> {
    let (dossier, grant, gap) = open(tx, id, gap).await?;
    let faults = input.faults(dossier.today(tx.now()));
    if !faults.is_empty() {
        return Err(InspectionError::Invalid(faults));
    }
    let action = draft(tx, gap.id).await?;
    let title = labels::evidence_of(&gap.criterion);
    let file = Attached {
        kind: documents::EVIDENCE,
        title: &title,
        file_name: &input.file_name,
        sha256: &input.sha256,
        size: input.size,
        media_type: input.media_type,
    };
    let document = attach(tx, (documents::SUBJECT, id.0), file).await?;
    let row = corrective_evidence::Model {
        id: tx.new_id(),
        action_id: action.id,
        document_id: document.id,
        file_name: input.file_name.clone(),
        note: input.note.trim().to_owned(),
        proof_on: input.on,
        added_by: tx.actor().account_id(),
        added_at: tx.instant(),
        removed_at: None,
    };
    let row = row.into_active_model().reset_all().insert(tx.conn()).await?;
    let told = ("inspection.evidence_added", "CTL_EVIDENCE_ADDED");
    let what = What::EvidenceAdded { document, gap: gap.id };
    record(tx, &grant, &dossier, told, (None, None), what).await?;
    Ok(row)
}

/// Takes back a file before the answer is submitted. Nothing is erased: it is shown no more.
///
/// # Errors
/// No such file in a draft of the inspection; the refusals of every act.
pub async fn remove_evidence(
    tx: &mut Tx,
    id: InspectionId,
    evidence: CorrectiveEvidenceId,
) -> Result<corrective_evidence::Model, InspectionError> {
    let found = corrective_evidence::Entity::find_by_id(evidence).lock_exclusive().one(tx.conn()).await?;
    let found = found.filter(|found| found.removed_at.is_none()).ok_or(InspectionError::NotFound)?;
    let action = corrective_action::Entity::find_by_id(found.action_id).one(tx.conn()).await?;
    let action = action.filter(|one| one.state == ActionState::Draft).ok_or(InspectionError::NotFound)?;
    let (dossier, grant, gap) = open(tx, id, action.nonconformity_id).await?;
    let row = corrective_evidence::Model { removed_at: Some(tx.instant()), ..found };
    let row = row.into_active_model().reset_all().update(tx.conn()).await?;
    let told = ("inspection.evidence_removed", "CTL_EVIDENCE_REMOVED");
    let what = What::EvidenceRemoved { document: row.document_id, gap: gap.id };
    record(tx, &grant, &dossier, told, (None, None), what).await?;
    Ok(row)
}

/// Submits the answers: one for each gap that waits for the structure, whole and proved.
///
/// # Errors
/// What lacks, gap by gap; the refusals of every act.
pub async fn submit_actions(
    tx: &mut Tx,
    id: InspectionId,
    seen: Option<i32>,
) -> Result<inspection::Model, InspectionError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::InspectionAnswer, &dossier.facts())?;
    dossier.check_version(seen)?;
    TABLE.next(dossier.inspection.state, Step::SubmitActions)?;
    let gaps = queries::gaps(tx.conn(), id).await?;
    let waiting: Vec<_> = gaps.into_iter().filter(|gap| gap::waits_for_structure(gap.state)).collect();
    let answers = queries::answers_to(tx.conn(), &waiting).await?;
    let mut lacking = Vec::new();
    for gap in &waiting {
        let last = answers.iter().rfind(|one| one.action.nonconformity_id == gap.id);
        let last = last.filter(|one| one.action.state == ActionState::Draft);
        lacking.extend(lacks(gap, last));
    }
    if !lacking.is_empty() {
        let detail = labels::refusals::ANSWERS_LACK;
        return Err(InspectionError::blocked("corrective-actions-incomplete", detail, lacking));
    }
    let now = tx.instant();
    let mut answered = Vec::with_capacity(waiting.len());
    for gap in waiting {
        let last = answers.iter().rfind(|one| one.action.nonconformity_id == gap.id);
        if let Some(last) = last {
            submit(tx, last.action.clone(), now).await?;
        }
        answered.push(move_gap(tx, gap, GapStep::Answer, |_| ()).await?.id);
    }
    let line = dossier.step(tx, Step::SubmitActions, |row| row.deadline_at = None).await?;
    record_step(tx, &grant, &dossier, line, What::Submitted { gaps: &answered }).await?;
    Ok(dossier.inspection)
}

/// What an answer lacks, in words.
fn lacks(gap: &nonconformity::Model, answer: Option<&queries::Answered>) -> Option<String> {
    let Some(answer) = answer else { return Some(labels::refusals::lacks(&gap.criterion, &[])) };
    let texts = [
        (&answer.action.cause, labels::refusals::CAUSE),
        (&answer.action.correction, labels::refusals::CORRECTION),
        (&answer.action.owner, labels::refusals::OWNER),
    ];
    let mut missing: Vec<_> =
        texts.into_iter().filter(|(typed, _)| typed.trim().is_empty()).map(|(_, word)| word).collect();
    if answer.evidence.is_empty() {
        missing.push(labels::refusals::EVIDENCE);
    }
    (!missing.is_empty()).then(|| labels::refusals::lacks(&gap.criterion, &missing))
}

async fn submit(
    tx: &Tx,
    row: corrective_action::Model,
    now: entity::Instant,
) -> Result<CorrectiveActionId, InspectionError> {
    let row = corrective_action::Model {
        state: action::TABLE.next(Some(row.state), ActionStep::Submit)?.to,
        submitted_at: Some(now),
        version: row.version + 1,
        ..row
    };
    Ok(row.into_active_model().reset_all().update(tx.conn()).await?.id)
}
