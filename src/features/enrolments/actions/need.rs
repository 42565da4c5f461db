//! Writes the need and the positioning of a person, before the contract.

use entity::enrolment_need;
use entity::ids::EnrolmentId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{record, save};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::enrolments::dossier::Dossier;
use crate::features::enrolments::error::EnrolmentError;
use crate::features::enrolments::events::What;
use crate::features::enrolments::input::TypedNeed;
use crate::features::enrolments::state::is_live;

/// Writes it, or writes it again.
///
/// # Errors
/// [`EnrolmentError::Stale`]; [`EnrolmentError::Closed`] when the enrolment has ended; the refusal of the policy, what the
/// database answers.
pub async fn record_need(
    tx: &mut Tx,
    id: EnrolmentId,
    version: Option<i32>,
    typed: &TypedNeed,
) -> Result<(Dossier, enrolment_need::Model), EnrolmentError> {
    let mut dossier = Dossier::locked(tx, id).await?;
    let grant = tx.authorize(Permission::EnrolmentCreate, &dossier.facts())?;
    dossier.check_version(version)?;
    if !is_live(dossier.enrolment.state) {
        return Err(EnrolmentError::Closed);
    }
    let new = typed.read(dossier.today(tx.now()))?;
    let known = enrolment_need::Entity::find()
        .filter(enrolment_need::Column::EnrolmentId.eq(id))
        .one(tx.conn())
        .await?;
    let row = enrolment_need::Model {
        id: known.as_ref().map_or_else(|| tx.new_id(), |known| known.id),
        enrolment_id: id,
        expectations: new.expectations,
        employer_view: new.employer_view,
        funder_view: new.funder_view,
        basis: new.basis,
        prerequisites: new.prerequisites,
        positioning: new.positioning,
        positioning_result: new.positioning_result,
        filled_by: new.filled_by,
        signed_on: new.signed_on,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        version: known.as_ref().map_or(1, |known| known.version + 1),
    };
    let active = row.clone().into_active_model().reset_all();
    if known.is_some() {
        enrolment_need::Entity::update(active).exec(tx.conn()).await?;
    } else {
        enrolment_need::Entity::insert(active).exec_without_returning(tx.conn()).await?;
    }
    dossier.enrolment.positioned_at = Some(tx.instant());
    save(tx, &mut dossier.enrolment).await?;
    record(tx, &grant, &dossier, What::NeedRecorded, None).await?;
    Ok((dossier, row))
}
