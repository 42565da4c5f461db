//! Keeps the paper sheet of a half-day, signed and scanned.

use entity::ids::TrainingSlotId;
use entity::training_slot;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::Attachment;
use super::countersign::certify;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::load::Room;
use crate::features::attendance::{AttendanceError, labels};
use crate::storage::receive::{self, Attached};

/// Keeps the sheet of a half-day. When it bears the signature of whoever teaches, it countersigns what is known.
///
/// # Errors
/// The state of the session, those of a countersignature, the refusal of the policy, what the database answers.
pub async fn keep_sheet(
    tx: &mut Tx,
    id: TrainingSlotId,
    file: &Attachment,
    countersigned: bool,
) -> Result<(), AttendanceError> {
    let room = Room::locked(tx, id).await?;
    let grant = tx.authorize(Permission::AttendanceRecord, &room.facts(tx.actor()))?;
    room.is_held()?;
    let paper = Attached {
        kind: "attendance_sheet",
        title: labels::SHEET,
        file_name: &file.file_name,
        sha256: &file.sha256,
        size: file.size,
        media_type: file.media_type,
    };
    let kept = receive::attach(tx, ("training_session", room.session.id.0), paper).await?;
    let mut slot = room.slot.clone();
    slot.sheet_id = Some(kept.id);
    slot.version += 1;
    training_slot::Entity::update(slot.clone().into_active_model().reset_all()).exec(tx.conn()).await?;
    let event = AttendanceEvent {
        session: room.session.clone(),
        slot: Some(slot),
        enrolment: None,
        what: What::SheetKept(kept),
    };
    tx.record(&grant, &event).await?;
    if let Some(trainer) = room.trainers.first().map(|one| one.expert_id).filter(|_| countersigned) {
        certify(tx, &grant, room, trainer).await?;
    }
    Ok(())
}
