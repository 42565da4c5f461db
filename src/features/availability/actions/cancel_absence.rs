//! Gives up an absence.

use entity::absence;
use entity::ids::{AbsenceId, ExpertId};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Gives up an absence to come, or ends today one that has begun; the days already absent stay.
///
/// # Errors
/// [`AvailabilityError::NotFound`], [`AvailabilityError::Over`], [`AvailabilityError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn cancel_absence(
    tx: &mut Tx,
    id: ExpertId,
    absence: AbsenceId,
    seen: Option<i32>,
) -> Result<(), AvailabilityError> {
    let opened = open(tx, id, seen, Permission::AvailabilityEdit).await?;
    let row = absence::Entity::find_by_id(absence).one(tx.conn()).await?;
    let row = row.filter(|row| row.expert_id == id).ok_or(AvailabilityError::NotFound)?;
    if row.ends_on < opened.today {
        return Err(AvailabilityError::Over);
    }
    if let Some(last) = opened.today.previous_day().filter(|last| row.starts_on <= *last) {
        let shortened = absence::Model { ends_on: last, ..row.clone() };
        absence::Entity::update(shortened.into_active_model().reset_all()).exec(tx.conn()).await?;
    } else {
        absence::Entity::delete_by_id(absence).exec(tx.conn()).await?;
    }
    opened.save(tx).await?;
    let event = AvailabilityEvent::AbsenceCancelled { whose: opened.whose(tx), row, on: opened.today };
    tx.record(&opened.grant, &event).await?;
    Ok(())
}
