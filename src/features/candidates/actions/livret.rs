//! Adds a line to the livret, or takes one back: what was written is marked and kept, never changed.

use entity::ids::{CandidateId, CandidateImmersionId, CandidateObservationId, ExpertId};
use entity::{candidate_immersion, candidate_observation, expert};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::dossier::Dossier;
use super::super::events::{RecordEvent, Written};
use super::super::input::{Observation, TypedImmersion, TypedObservation, void_reason};
use super::super::livret::{distinct, labels};
use super::super::state::{InvalidStep, State, Step};
use super::super::{CandidateError, queries};
use super::{open, save};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::rules::fold::fold;

/// The file whose livret is open: between the positioning and the day it is handed in, and while it is completed.
async fn writable(tx: &Tx, id: CandidateId) -> Result<(Dossier, Grant), CandidateError> {
    let (dossier, grant) = open(tx, id, None, Permission::CandidateLivret).await?;
    let state = dossier.state();
    if matches!(state, State::Positioned | State::OnPath | State::FileIncomplete) {
        Ok((dossier, grant))
    } else {
        Err(InvalidStep { from: Some(state), step: Step::SubmitFile }.into())
    }
}

async fn record(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    written: Written<'_>,
) -> Result<(), CandidateError> {
    save(tx, dossier, |_| {}).await?;
    let dossier: &Dossier = dossier;
    tx.record(grant, &RecordEvent { dossier, written }).await?;
    Ok(())
}

/// Adds an observation of a skill. Who assessed is named; their number, when it is given, is that of the same person, whom
/// it keeps from judging the candidate.
///
/// # Errors
/// Every fault, a livret that is not open, the refusal of the policy, what the database answers.
pub async fn add_observation(
    tx: &mut Tx,
    id: CandidateId,
    typed: &TypedObservation,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = writable(tx, id).await?;
    let skills = queries::positioning(tx.conn(), &dossier.candidate).await?;
    let skills: Vec<_> = skills.into_iter().map(|line| line.skill.id).collect();
    let today = dossier.today(tx.now());
    let new = typed.read(&skills, dossier.candidate.path_starts_on, today)?;
    let assessor_expert_id = assessor(tx, &new).await?;
    refuse_known(tx, id, &new).await?;
    let row = candidate_observation::Model {
        id: tx.new_id(),
        candidate_id: id,
        skill_id: new.skill,
        observed_on: new.observed_on,
        situation: new.situation,
        assessor: new.assessor,
        assessor_expert_id,
        result: new.result,
        comment: new.comment,
        candidate_comment: new.candidate_comment,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
        void_reason: None,
    };
    let insert = candidate_observation::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    record(tx, &grant, &mut dossier, Written::Observed(&row)).await?;
    Ok(dossier)
}

/// Refuses what the livret already says: it would count once.
async fn refuse_known(tx: &Tx, id: CandidateId, new: &Observation) -> Result<(), CandidateError> {
    let same_day = candidate_observation::Entity::find()
        .filter(candidate_observation::Column::CandidateId.eq(id))
        .filter(candidate_observation::Column::SkillId.eq(new.skill))
        .filter(candidate_observation::Column::ObservedOn.eq(new.observed_on))
        .filter(candidate_observation::Column::VoidedAt.is_null())
        .all(tx.conn())
        .await?;
    let own = (new.observed_on, new.situation.as_str(), new.assessor.as_str());
    let known = same_day
        .iter()
        .any(|row| distinct([own, (row.observed_on, row.situation.as_str(), row.assessor.as_str())]) == 1);
    if known {
        return Err(CandidateError::fault("/situation", "observation-known", labels::OBSERVATION_KNOWN));
    }
    Ok(())
}

/// The expert of the number that was typed, who has the name that was typed.
async fn assessor(tx: &Tx, new: &Observation) -> Result<Option<ExpertId>, CandidateError> {
    if new.assessor_number.is_empty() {
        return Ok(None);
    }
    let number = new.assessor_number.to_uppercase();
    let found = expert::Entity::find().filter(expert::Column::Number.eq(number)).one(tx.conn()).await?;
    let Some(found) = found else {
        return Err(CandidateError::fault("/assessor_number", "unknown", labels::UNKNOWN_EXPERT));
    };
    if !fold(&new.assessor).contains(&fold(&found.family_name)) {
        return Err(CandidateError::fault("/assessor_number", "other-person", labels::OTHER_EXPERT));
    }
    Ok(Some(found.id))
}

/// Takes an observation back: it counts no more.
///
/// # Errors
/// No reason, no such observation, a livret that is not open, the refusal of the policy, what the database answers.
pub async fn void_observation(
    tx: &mut Tx,
    id: CandidateId,
    which: CandidateObservationId,
    reason: &str,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = writable(tx, id).await?;
    let found = candidate_observation::Entity::find_by_id(which).one(tx.conn()).await?;
    let found = found.filter(|row| row.candidate_id == id && row.voided_at.is_none());
    let mut row = found.ok_or(CandidateError::NotFound)?;
    row.void_reason = Some(void_reason(reason)?);
    row.voided_at = Some(tx.instant());
    let update = candidate_observation::Entity::update(row.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    record(tx, &grant, &mut dossier, Written::ObservationVoided(&row)).await?;
    Ok(dossier)
}

/// Adds a time in a company.
///
/// # Errors
/// Every fault, a livret that is not open, the refusal of the policy, what the database answers.
pub async fn add_immersion(
    tx: &mut Tx,
    id: CandidateId,
    typed: &TypedImmersion,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = writable(tx, id).await?;
    let new = typed.read()?;
    let row = candidate_immersion::Model {
        id: tx.new_id(),
        candidate_id: id,
        company: new.company,
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        tutor: new.tutor,
        evaluation: new.evaluation,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        voided_at: None,
        void_reason: None,
    };
    let insert = candidate_immersion::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    record(tx, &grant, &mut dossier, Written::Immersed(&row)).await?;
    Ok(dossier)
}

/// Takes a time in a company back.
///
/// # Errors
/// No reason, no such immersion, a livret that is not open, the refusal of the policy, what the database answers.
pub async fn void_immersion(
    tx: &mut Tx,
    id: CandidateId,
    which: CandidateImmersionId,
    reason: &str,
) -> Result<Dossier, CandidateError> {
    let (mut dossier, grant) = writable(tx, id).await?;
    let found = candidate_immersion::Entity::find_by_id(which).one(tx.conn()).await?;
    let found = found.filter(|row| row.candidate_id == id && row.voided_at.is_none());
    let mut row = found.ok_or(CandidateError::NotFound)?;
    row.void_reason = Some(void_reason(reason)?);
    row.voided_at = Some(tx.instant());
    let update = candidate_immersion::Entity::update(row.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    record(tx, &grant, &mut dossier, Written::ImmersionVoided(&row)).await?;
    Ok(dossier)
}
