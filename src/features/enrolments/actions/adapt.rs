//! Agrees on a measure for a trainee, or ends one. The text was sealed before.

use entity::enrolment_adaptation;
use entity::ids::{EnrolmentAdaptationId, EnrolmentId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::record;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::adaptations::Sealed;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::state::is_live;

/// Agrees on a measure. The enrolment itself does not change: nobody who reads it learns that there is one.
///
/// # Errors
/// An enrolment that has ended, the refusal of the policy, what the database answers.
pub async fn agree_adaptation(
    tx: &mut Tx,
    id: EnrolmentId,
    sealed: &Sealed,
) -> Result<(Dossier, enrolment_adaptation::Model), EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentAdaptation, &dossier.facts())?;
    if !is_live(dossier.enrolment.state) {
        return Err(EnrolmentError::Closed);
    }
    let row = enrolment_adaptation::Model {
        id: tx.new_id(),
        enrolment_id: id,
        measure: sealed.measure.clone(),
        agreed_by: tx.actor().account_id(),
        consented_on: sealed.consented_on,
        recorded_at: tx.instant(),
        ended_at: None,
    };
    let insert = enrolment_adaptation::Entity::insert(row.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await?;
    record(tx, &grant, &dossier, What::AdaptationAgreed(row.id, row.consented_on), None).await?;
    Ok((dossier, row))
}

/// Ends a measure: trainers are no longer told of it.
///
/// # Errors
/// No such measure in force, the refusal of the policy, what the database answers.
pub async fn end_adaptation(
    tx: &mut Tx,
    id: EnrolmentId,
    which: EnrolmentAdaptationId,
) -> Result<(Dossier, enrolment_adaptation::Model), EnrolmentError> {
    let dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentAdaptation, &dossier.facts())?;
    let found = enrolment_adaptation::Entity::find_by_id(which).one(tx.conn()).await?;
    let found = found.filter(|row| row.enrolment_id == id && row.ended_at.is_none());
    let mut row = found.ok_or(EnrolmentError::NotFound)?;
    row.ended_at = Some(tx.instant());
    let update = enrolment_adaptation::Entity::update(row.clone().into_active_model().reset_all());
    update.exec(tx.conn()).await?;
    record(tx, &grant, &dossier, What::AdaptationEnded(row.id, row.consented_on), None).await?;
    Ok((dossier, row))
}
