//! Shows the codes of a room, until its half-day is signed no more.

use entity::ids::TrainingSlotId;
use entity::training_slot;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use time::Duration;

use crate::authz::{Permission, hash_token};
use crate::db::Tx;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::load::Room;
use crate::features::attendance::{AttendanceError, code};
use crate::features::settings;

/// Makes the codes of a half-day. Asked again, they are the same, and nothing is to be committed: false is then given.
///
/// # Errors
/// The time, the state of the session, the refusal of the policy, what the database answers.
pub async fn open(tx: &mut Tx, id: TrainingSlotId) -> Result<bool, AttendanceError> {
    let room = Room::locked(tx, id).await?;
    let grant = tx.authorize(Permission::AttendanceRecord, &room.facts(tx.actor()))?;
    room.is_held()?;
    let rules = settings::attendance_rules(tx.conn()).await?;
    room.is_time(tx.now(), &rules)?;
    let until = *room.slot.ends_at + Duration::minutes(rules.closes_minutes.into());
    if room.slot.pin_until.is_some_and(|known| *known == until) {
        return Ok(false);
    }
    let Room { mut slot, session, .. } = room;
    slot.pin_until = Some(until.into());
    slot.pin_hash = Some(hash_token(&code::pin(tx.app(), id, until)?));
    slot.version += 1;
    let row = slot.clone().into_active_model().reset_all();
    training_slot::Entity::update(row).exec(tx.conn()).await?;
    let event = AttendanceEvent { session, slot: Some(slot), enrolment: None, what: What::Opened };
    tx.record(&grant, &event).await?;
    Ok(true)
}
