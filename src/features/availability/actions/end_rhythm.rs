//! Stops a half-day of the week from coming back.

use entity::ids::{ExpertId, RecurringHalfDayId};
use entity::recurring_half_day;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::AvailabilityError;
use super::super::events::AvailabilityEvent;
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Stops a half-day from coming back from today on; what is past stays. One that has not begun goes away.
///
/// # Errors
/// [`AvailabilityError::NotFound`], [`AvailabilityError::Over`], [`AvailabilityError::Stale`], the refusal of the
/// policy, what the database answers.
pub async fn end_rhythm(
    tx: &mut Tx,
    id: ExpertId,
    rhythm: RecurringHalfDayId,
    seen: Option<i32>,
) -> Result<(), AvailabilityError> {
    let opened = open(tx, id, seen, Permission::AvailabilityEdit).await?;
    let row = recurring_half_day::Entity::find_by_id(rhythm).one(tx.conn()).await?;
    let row = row.filter(|row| row.expert_id == id).ok_or(AvailabilityError::NotFound)?;
    if row.ends_on.is_some_and(|last| last < opened.today) {
        return Err(AvailabilityError::Over);
    }
    if let Some(last) = opened.today.previous_day().filter(|last| row.starts_on <= *last) {
        let ended = recurring_half_day::Model { ends_on: Some(last), ..row.clone() };
        recurring_half_day::Entity::update(ended.into_active_model().reset_all()).exec(tx.conn()).await?;
    } else {
        recurring_half_day::Entity::delete_by_id(rhythm).exec(tx.conn()).await?;
    }
    opened.save(tx).await?;
    let event = AvailabilityEvent::RhythmEnded { whose: opened.whose(tx), row, on: opened.today };
    tx.record(&opened.grant, &event).await?;
    Ok(())
}
