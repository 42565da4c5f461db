//! Records that somebody sits for a college in juries.

use entity::college_seat::{self, Column, Entity};
use entity::ids::ExpertId;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::seat_holder;
use crate::db::{self, Tx};
use crate::features::panels::input::NewSeat;
use crate::features::panels::{PanelError, SeatEvent};

/// Records the seat. One runs at a time for a college.
///
/// # Errors
/// [`PanelError::AlreadySeated`], the refusal of the policy, what the database answers.
pub async fn record_seat(
    tx: &mut Tx,
    id: ExpertId,
    new: &NewSeat,
) -> Result<college_seat::Model, PanelError> {
    let (person, grant) = seat_holder(tx, id).await?;
    let running = Entity::find()
        .filter(Column::ExpertId.eq(id))
        .filter(Column::College.eq(new.college))
        .filter(Column::Until.is_null());
    if new.until.is_none() && running.one(tx.conn()).await?.is_some() {
        return Err(PanelError::AlreadySeated);
    }
    let seat = college_seat::Model {
        id: tx.new_id(),
        expert_id: id,
        college: new.college,
        quality: new.quality.clone(),
        appointed_by: new.appointed_by.clone(),
        since: new.since,
        until: new.until,
        recorded_by: tx.actor().account_id(),
        recorded_at: tx.instant(),
        version: 1,
    };
    let insert = Entity::insert(seat.clone().into_active_model().reset_all());
    insert.exec_without_returning(tx.conn()).await.map_err(|error| {
        if db::is_unique_violation(&error) { PanelError::AlreadySeated } else { error.into() }
    })?;
    let event = SeatEvent { seat, number: person.number, ended: false };
    tx.record(&grant, &event).await?;
    Ok(event.seat)
}
