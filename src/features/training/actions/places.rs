//! The half-days that a session takes from rooms and from those who teach, and gives back.

use std::collections::HashMap;

use entity::ids::{ExpertId, TrainingRoomId, TrainingSessionId};
use entity::{engagement_half_day, training_room_half_day, training_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};
use time::Date;

use super::super::TrainingError;
use super::super::load::{Slot, Whole};
use crate::db::{self, Tx};
use crate::features::availability::engagements::{self, Engagement, HoldError};
use crate::features::availability::labels as words_of_time;
use crate::rules::engagement::Slot as HalfDays;

/// Gives back every half-day of rooms that the session had.
pub(super) async fn release_rooms(tx: &Tx, session: TrainingSessionId) -> Result<(), TrainingError> {
    use training_room_half_day::Column;
    training_room_half_day::Entity::update_many()
        .col_expr(Column::Held, Expr::value(false))
        .filter(Column::SessionId.eq(session))
        .filter(Column::Held.eq(true))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Takes the rooms of the half-days of a session on site, what it had given back first.
pub(super) async fn hold_rooms(tx: &Tx, whole: &Whole) -> Result<(), TrainingError> {
    release_rooms(tx, whole.session.id).await?;
    let mut by_room: HashMap<TrainingRoomId, Vec<HalfDays>> = HashMap::new();
    for slot in whole.slots.iter().filter(|slot| slot.is_on_site()) {
        if let Some(room) = whole.room_of(slot) {
            by_room.entry(room.id).or_default().push(slot.half_day());
        }
    }
    let mut rooms: Vec<_> = by_room.into_iter().collect();
    rooms.sort_by_key(|(room, _)| *room);
    for (room, half_days) in rooms {
        hold_room(tx, whole, room, &half_days).await?;
    }
    Ok(())
}

async fn hold_room(
    tx: &Tx,
    whole: &Whole,
    room: TrainingRoomId,
    half_days: &[HalfDays],
) -> Result<(), TrainingError> {
    use training_room_half_day::{Column, Entity};
    let name = whole.rooms.get(&room).map(|room| room.name.clone()).unwrap_or_default();
    let days: Vec<Date> = half_days.iter().map(|(day, _)| *day).collect();
    let held = Entity::find()
        .filter(Column::RoomId.eq(room))
        .filter(Column::Held.eq(true))
        .filter(Column::Day.is_in(days))
        .order_by_asc(Column::Day)
        .order_by_desc(Column::Half)
        .all(tx.conn())
        .await?;
    if let Some(found) = held.into_iter().find(|row| half_days.contains(&(row.day, row.half))) {
        let other = training_session::Entity::find_by_id(found.session_id).one(tx.conn()).await?;
        let with = other.map(|other| other.number);
        return Err(TrainingError::RoomTaken { room: name, day: found.day, half: found.half, with });
    }
    for (day, half) in half_days {
        let row = training_room_half_day::ActiveModel {
            id: Set(tx.new_id()),
            room_id: Set(room),
            session_id: Set(whole.session.id),
            day: Set(*day),
            half: Set(*half),
            held: Set(true),
        };
        let inserted = Entity::insert(row).exec_without_returning(tx.conn()).await;
        inserted.map_err(|error| {
            if db::is_unique_violation(&error) {
                TrainingError::RoomTaken { room: name.clone(), day: *day, half: *half, with: None }
            } else {
                error.into()
            }
        })?;
    }
    Ok(())
}

/// Takes again the half-days of everybody who teaches, given back before.
pub(super) async fn hold_people(tx: &Tx, whole: &Whole) -> Result<(), TrainingError> {
    for person in whole.trainers() {
        let own: Vec<HalfDays> = whole.slots_of(person).map(Slot::half_day).collect();
        let mut taught = whole.slots.iter().flat_map(|slot| &slot.trainers);
        let name = taught.find(|one| one.expert.id == person).map(|one| one.expert.name());
        hold_person(tx, whole.session.id, (person, name.unwrap_or_default()), &own).await?;
    }
    Ok(())
}

/// Gives back every half-day that those who teach gave to the session.
pub(super) async fn release_people(tx: &Tx, session: TrainingSessionId) -> Result<(), TrainingError> {
    Ok(engagements::release(tx.conn(), Engagement::Session(session), None).await?)
}

/// Gives back half-days of one person; every one of the session when none is told.
pub(super) async fn release_person(
    tx: &Tx,
    session: TrainingSessionId,
    person: ExpertId,
    half_days: &[HalfDays],
) -> Result<(), TrainingError> {
    use engagement_half_day::Column;
    let own = half_days.iter().fold(Condition::any(), |any, (day, half)| {
        any.add(Condition::all().add(Column::Day.eq(*day)).add(Column::Half.eq(*half)))
    });
    let mut given_back = engagement_half_day::Entity::update_many()
        .col_expr(Column::Held, Expr::value(false))
        .filter(Column::TrainingSessionId.eq(session))
        .filter(Column::ExpertId.eq(person))
        .filter(Column::Held.eq(true));
    if !half_days.is_empty() {
        given_back = given_back.filter(own);
    }
    given_back.exec(tx.conn()).await?;
    Ok(())
}

/// Takes half-days of a person.
pub(super) async fn hold_person(
    tx: &Tx,
    session: TrainingSessionId,
    (person, name): (ExpertId, String),
    half_days: &[HalfDays],
) -> Result<(), TrainingError> {
    match engagements::hold(tx, person, Engagement::Session(session), half_days).await {
        Ok(()) => Ok(()),
        Err(HoldError::Below(error)) => Err(error.into()),
        Err(HoldError::Taken(clash)) => Err(TrainingError::TrainerTaken {
            name,
            day: clash.slot.0,
            half: clash.slot.1,
            with: clash.with.as_ref().map(words_of_time::engagement),
        }),
    }
}
