//! Whoever teaches a half-day countersigns it: everybody is known, and what was followed from elsewhere is proved.

use std::collections::HashSet;

use entity::attendance::{self, Proof};
use entity::ids::{AttendanceId, ExpertId, TrainingSlotId};
use entity::{attendance_proof, enrolment, expert, training_trainer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::load::{self, Room, came, is_expected, is_proved};
use crate::features::enrolments::seats::Seats;
use crate::features::settings;

/// Countersigns a half-day. Gives how many lines were not yet.
///
/// # Errors
/// [`AttendanceError::Unknown`] and [`AttendanceError::Unproved`] with the names; [`AttendanceError::Countersigned`] when
/// there is nothing left to countersign; the time, the refusal of the policy, what the database answers.
pub async fn countersign(tx: &mut Tx, id: TrainingSlotId) -> Result<usize, AttendanceError> {
    let room = Room::of(tx.conn(), id).await?;
    let grant = tx.authorize(Permission::AttendanceCountersign, &room.facts(tx.actor()))?;
    let own = tx.actor().expert().ok_or(AttendanceError::NotFound)?;
    certify(tx, &grant, room, own).await
}

/// The same, in the name of somebody who teaches: themselves, or as their paper sheet says.
pub(super) async fn certify(
    tx: &mut Tx,
    grant: &Grant,
    room: Room,
    by: ExpertId,
) -> Result<usize, AttendanceError> {
    // Nobody signs meanwhile: whoever signs takes the seats first.
    Seats::lock(tx, room.session.id).await?;
    room.is_held()?;
    let rules = settings::attendance_rules(tx.conn()).await?;
    let near = *room.slot.ends_at - time::Duration::minutes(rules.opens_minutes.into());
    if tx.now() < near {
        return Err(AttendanceError::TooEarly { opens: near, zone: room.slot.zone });
    }
    let people = load::listed(tx.conn(), room.session.id).await?;
    let lines = load::lines(tx.conn(), &[room.slot.id]).await?;
    let unknown =
        names(&people, |one| is_expected(one.state) && lines.iter().all(|row| row.enrolment_id != one.id));
    if !unknown.is_empty() {
        return Err(AttendanceError::Unknown(unknown));
    }
    if is_proved(room.slot.modality) {
        let proved = proved(tx, &lines).await?;
        let lacks = |row: &attendance::Model| {
            came(row.presence)
                && matches!(row.proof, Proof::None | Proof::Remote)
                && !proved.contains(&row.id)
        };
        let unproved = names(&people, |one| lines.iter().any(|row| row.enrolment_id == one.id && lacks(row)));
        if !unproved.is_empty() {
            return Err(AttendanceError::Unproved(unproved));
        }
    }
    let signed_before = room.trainers.iter().any(|one| one.expert_id == by && one.signed_at.is_some());
    let waiting: Vec<_> = lines.into_iter().filter(|row| row.countersigned_at.is_none()).collect();
    if waiting.is_empty() && signed_before {
        return Err(AttendanceError::Countersigned);
    }
    let count = waiting.len();
    for mut row in waiting {
        row.countersigned_by = Some(by);
        row.countersigned_at = Some(tx.instant());
        row.version += 1;
        attendance::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    }
    sign_sheet(tx, &room, by).await?;
    let what = What::Countersigned { expert: by, lines: count };
    let event = AttendanceEvent { session: room.session, slot: Some(room.slot), enrolment: None, what };
    tx.record(grant, &event).await?;
    Ok(count)
}

/// Whoever teaches has signed the sheet of the half-day.
async fn sign_sheet(tx: &Tx, room: &Room, by: ExpertId) -> Result<(), AttendanceError> {
    let Some(known) = expert::Entity::find_by_id(by).one(tx.conn()).await? else {
        return Err(AttendanceError::NotFound);
    };
    let own: Vec<_> = room.trainers.iter().filter(|one| one.expert_id == by).cloned().collect();
    for mut row in own {
        row.signature = known.name();
        row.signed_at = Some(tx.instant());
        training_trainer::Entity::update(row.into_active_model().reset_all()).exec(tx.conn()).await?;
    }
    Ok(())
}

fn names(people: &[enrolment::Model], wanted: impl Fn(&enrolment::Model) -> bool) -> Vec<String> {
    people.iter().filter(|one| wanted(one)).map(load::name).collect()
}

/// The lines that something proves.
async fn proved(tx: &Tx, lines: &[attendance::Model]) -> Result<HashSet<AttendanceId>, AttendanceError> {
    use attendance_proof::Column;
    let found = attendance_proof::Entity::find()
        .filter(Column::AttendanceId.is_in(lines.iter().map(|row| row.id)))
        .filter(Column::VoidedAt.is_null())
        .all(tx.conn())
        .await?;
    Ok(found.into_iter().map(|row| row.attendance_id).collect())
}
