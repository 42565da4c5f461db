//! Agrees on a measure for a candidate, or ends one. The text was sealed before.

use entity::candidate_adaptation;
use entity::ids::{CandidateAdaptationId, CandidateId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::CandidateError;
use super::super::adaptations::Sealed;
use super::super::dossier::Dossier;
use super::super::events::{RecordEvent, Written};
use super::super::state::{InvalidStep, Step, is_over};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Agrees on a measure. The file itself does not change: nobody who reads it learns that there is one.
///
/// # Errors
/// A file that is over, the refusal of the policy, what the database answers.
pub async fn agree_adaptation(
    tx: &mut Tx,
    id: CandidateId,
    sealed: &Sealed,
) -> Result<(Dossier, candidate_adaptation::Model), CandidateError> {
    let (dossier, grant) = open(tx, id, None, Permission::CandidateAdaptation).await?;
    if is_over(dossier.state()) {
        return Err(InvalidStep { from: Some(dossier.state()), step: Step::SubmitFile }.into());
    }
    let row = candidate_adaptation::Model {
        id: tx.new_id(),
        candidate_id: id,
        measure: sealed.measure.clone(),
        agreed_by: tx.actor().account_id(),
        consented_on: sealed.consented_on,
        recorded_at: tx.instant(),
        ended_at: None,
    };
    let insert = candidate_adaptation::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    let event = RecordEvent { dossier: &dossier, written: Written::AdaptationAgreed(&row) };
    tx.record(&grant, &event).await?;
    Ok((dossier, row))
}

/// Ends a measure: the jury is no longer told of it.
///
/// # Errors
/// No such measure in force, the refusal of the policy, what the database answers.
pub async fn end_adaptation(
    tx: &mut Tx,
    id: CandidateId,
    which: CandidateAdaptationId,
) -> Result<(Dossier, candidate_adaptation::Model), CandidateError> {
    let (dossier, grant) = open(tx, id, None, Permission::CandidateAdaptation).await?;
    let found = candidate_adaptation::Entity::find_by_id(which).one(tx.conn()).await?;
    let found = found.filter(|row| row.candidate_id == id && row.ended_at.is_none());
    let mut row = found.ok_or(CandidateError::NotFound)?;
    row.ended_at = Some(tx.instant());
    let update = candidate_adaptation::Entity::update(row.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    let event = RecordEvent { dossier: &dossier, written: Written::AdaptationEnded(&row) };
    tx.record(&grant, &event).await?;
    Ok((dossier, row))
}
