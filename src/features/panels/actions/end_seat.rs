//! Records until when somebody sits for a college. Nothing is erased: the juries of before keep who sat there.

use entity::college_seat::{self, Entity};
use entity::ids::CollegeSeatId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::seat_holder;
use crate::db::Tx;
use crate::features::panels::input::last_day;
use crate::features::panels::{PanelError, SeatEvent};

/// Records the last day of a seat.
///
/// # Errors
/// A day before its first, [`PanelError::SeatOver`], [`PanelError::Stale`], the refusal of the policy, what the database
/// answers.
pub async fn end_seat(
    tx: &mut Tx,
    which: CollegeSeatId,
    seen: Option<i32>,
    until: &str,
) -> Result<college_seat::Model, PanelError> {
    let found = Entity::find_by_id(which).one(tx.conn()).await?.ok_or(PanelError::NotFound)?;
    let (person, grant) = seat_holder(tx, found.expert_id).await?;
    // Read again once the person is locked.
    let mut seat = Entity::find_by_id(which).one(tx.conn()).await?.ok_or(PanelError::NotFound)?;
    if seen.is_some_and(|seen| seen != seat.version) {
        return Err(PanelError::Stale);
    }
    if seat.until.is_some() {
        return Err(PanelError::SeatOver);
    }
    seat.until = Some(last_day(until, seat.since)?);
    seat.version += 1;
    Entity::update(seat.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let event = SeatEvent { seat, number: person.number, ended: true };
    tx.record(&grant, &event).await?;
    Ok(event.seat)
}
