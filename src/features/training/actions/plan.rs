//! The half-days of a session: those that stay keep who teaches, the others go and come.

use std::collections::HashSet;

use entity::ids::{TrainingRoomId, TrainingSessionId, TrainingSlotId};
use entity::{attendance, training_room, training_session, training_slot, training_trainer};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::events::{Change, Told, ToldTrainer, What};
use super::super::input::{NewSlot, TypedSlot, read_slots};
use super::super::load::{Slot, Whole};
use super::super::state::may_be_taught_by_others;
use super::super::{TrainingError, labels};
use super::create::enrolment_fault;
use super::{Opened, open, places};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Fault;
use crate::rules::training::attendance::taught;

/// Gives a session these half-days. Those who teach and those who have a seat are told.
///
/// # Errors
/// Every fault; a room that is taken; presences on a half-day that goes; the state, [`TrainingError::Stale`], the refusal
/// of the policy, what the database answers.
pub async fn plan(
    tx: &mut Tx,
    id: TrainingSessionId,
    seen: Option<i32>,
    typed: &[TypedSlot],
) -> Result<training_session::Model, TrainingError> {
    let mut opened = open(tx, id, seen, Permission::TrainingManage).await?;
    let session = &opened.whole.session;
    if !may_be_taught_by_others(session.state) {
        return Err(TrainingError::Fixed);
    }
    let mut faults = Vec::new();
    let read = read_slots(typed, &session.zone, tx.app().today());
    let read = read.map_err(|found| faults.extend(found)).unwrap_or_default();
    if typed.is_empty() {
        faults.push(Fault::new("/slots", "missing", labels::SLOTS_WANTED));
    }
    faults.extend(enrolment_fault(session.enrol_until, read.first().map(|slot| slot.day)));
    if !faults.is_empty() {
        return Err(faults.into());
    }
    let before = opened.whole.clone();
    let dropped = write(tx, &mut opened, &read).await?;
    places::hold_rooms(tx, &opened.whole).await?;
    let told = told(&before, &opened.whole);
    let what = What::SlotsChanged { count: opened.whole.slots.len(), dropped };
    opened.record(tx, what, told, None).await
}

/// Who is told: those who still teach, those who do not any more, and those who have a seat.
fn told(before: &Whole, after: &Whole) -> Told {
    let mut told = Told::everybody(after, Change::Moved);
    let still = after.trainers();
    let gone = before.trainers().into_iter().filter(|one| !still.contains(one));
    told.trainers.extend(gone.map(|one| ToldTrainer::of(before, one, Change::Removed)));
    told
}

/// Writes the half-days of a session, its dates and its length; gives those that are gone. The session is read again.
pub(super) async fn write(
    tx: &Tx,
    opened: &mut Opened,
    wanted: &[NewSlot],
) -> Result<Vec<TrainingSlotId>, TrainingError> {
    check_rooms(tx, wanted).await?;
    let is_wanted =
        |row: &training_slot::Model| wanted.iter().any(|slot| (slot.day, slot.half) == (row.day, row.half));
    let known: Vec<training_slot::Model> = opened.whole.slots.iter().map(|slot| slot.row.clone()).collect();
    let gone: Vec<TrainingSlotId> = known.iter().filter(|row| !is_wanted(row)).map(|row| row.id).collect();
    drop_slots(tx, &opened.whole, &gone).await?;
    for slot in wanted {
        let old = known.iter().find(|row| (row.day, row.half) == (slot.day, slot.half));
        put(tx, &opened.whole.session, slot, old).await?;
    }
    let minutes: i32 = wanted.iter().map(minutes).sum();
    opened
        .save(tx, |session| {
            let (first, last) = (wanted.first(), wanted.last());
            session.starts_on = first.map(|slot| slot.day);
            session.ends_on = last.map(|slot| slot.day);
            session.starts_at = first.map(|slot| slot.starts_at.into());
            session.ends_at = last.map(|slot| slot.ends_at.into());
            if minutes > 0 {
                session.duration_minutes = minutes;
            }
            session.sequence += 1;
        })
        .await?;
    opened.read_again(tx).await?;
    Ok(gone)
}

fn minutes(slot: &NewSlot) -> i32 {
    i32::try_from(taught(slot.starts_at, slot.ends_at, 0)).unwrap_or(i32::MAX)
}

async fn check_rooms(tx: &Tx, wanted: &[NewSlot]) -> Result<(), TrainingError> {
    let ids: HashSet<TrainingRoomId> = wanted.iter().filter_map(|slot| slot.room).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let known = training_room::Entity::find()
        .filter(training_room::Column::Id.is_in(ids))
        .filter(training_room::Column::RetiredOn.is_null())
        .all(tx.conn())
        .await?;
    let is_known = |id: TrainingRoomId| known.iter().any(|room| room.id == id);
    let fault = |(rank, slot): (usize, &NewSlot)| {
        let unknown = slot.room.is_some_and(|id| !is_known(id));
        unknown.then(|| Fault::new(format!("/slots/{rank}/room_id"), "unknown", labels::faults::UNKNOWN_ROOM))
    };
    let faults: Vec<Fault> = wanted.iter().enumerate().filter_map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

/// Takes half-days out of a session: nobody teaches on them any more. One with presences stays.
pub(super) async fn drop_slots(tx: &Tx, whole: &Whole, gone: &[TrainingSlotId]) -> Result<(), TrainingError> {
    if gone.is_empty() {
        return Ok(());
    }
    let presences = attendance::Entity::find()
        .filter(attendance::Column::SlotId.is_in(gone.iter().copied()))
        .one(tx.conn())
        .await?;
    if presences.is_some() {
        return Err(TrainingError::fault("/slots", "has-presences", labels::faults::HAS_PRESENCES));
    }
    training_trainer::Entity::update_many()
        .col_expr(training_trainer::Column::RemovedAt, Expr::value(Some(tx.instant())))
        .filter(training_trainer::Column::SlotId.is_in(gone.iter().copied()))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .exec(tx.conn())
        .await?;
    for person in whole.trainers() {
        let own = whole.slots_of(person).filter(|slot| gone.contains(&slot.row.id));
        let half_days: Vec<_> = own.map(Slot::half_day).collect();
        if !half_days.is_empty() {
            places::release_person(tx, whole.session.id, person, &half_days).await?;
        }
    }
    training_slot::Entity::update_many()
        .col_expr(training_slot::Column::DroppedAt, Expr::value(Some(tx.instant())))
        .filter(training_slot::Column::Id.is_in(gone.iter().copied()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

async fn put(
    tx: &Tx,
    session: &training_session::Model,
    slot: &NewSlot,
    old: Option<&training_slot::Model>,
) -> Result<(), TrainingError> {
    let row = training_slot::Model {
        id: old.map_or_else(|| tx.new_id(), |old| old.id),
        session_id: session.id,
        day: slot.day,
        half: slot.half,
        starts_at: slot.starts_at.into(),
        ends_at: slot.ends_at.into(),
        zone: session.zone.clone(),
        minutes: minutes(slot),
        modality: slot.modality.unwrap_or(session.modality),
        room_id: slot.room,
        subject: slot.subject.clone(),
        pin_hash: old.and_then(|old| old.pin_hash.clone()),
        pin_until: old.and_then(|old| old.pin_until),
        sheet_id: old.and_then(|old| old.sheet_id),
        dropped_at: None,
        version: old.map_or(1, |old| old.version + 1),
    };
    let active = row.into_active_model().reset_all();
    if old.is_some() {
        training_slot::Entity::update(active).exec(tx.conn()).await?;
    } else {
        training_slot::Entity::insert(active).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}
