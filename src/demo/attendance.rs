//! Who was there on the half-days of the sessions that have begun: lines as the actions leave them, without the messages of a
//! year.

use std::collections::HashMap;

use entity::attendance::{self, Presence, Proof};
use entity::enrolment::{self, EnrolmentState};
use entity::ids::{ExpertId, TrainingSlotId};
use entity::training_session::{self, SessionState};
use entity::{training_slot, training_trainer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Duration;

use super::Stage;
use crate::features::enrolments::state::has_begun;

/// Lines written at once.
const AT_ONCE: usize = 100;
/// Of so many lines, one is of somebody excused.
const EXCUSED: usize = 13;
/// Of so many lines, one is of somebody who left early.
const EARLY: usize = 17;

/// Writes the lines of every session that has begun.
pub(super) async fn load(stage: &Stage<'_>) -> anyhow::Result<()> {
    let begun = [SessionState::InProgress, SessionState::Ended, SessionState::Closed];
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::State.is_in(begun))
        .order_by_asc(training_session::Column::Number)
        .all(stage.app.db.bookkeeping())
        .await?;
    for session in sessions {
        of_session(stage, &session).await?;
    }
    Ok(())
}

async fn of_session(stage: &Stage<'_>, session: &training_session::Model) -> anyhow::Result<()> {
    let conn = stage.app.db.bookkeeping();
    let now = stage.clock.real_now();
    let slots = training_slot::Entity::find()
        .filter(training_slot::Column::SessionId.eq(session.id))
        .filter(training_slot::Column::DroppedAt.is_null())
        .order_by_asc(training_slot::Column::StartsAt)
        .all(conn)
        .await?;
    let taught: HashMap<TrainingSlotId, ExpertId> = training_trainer::Entity::find()
        .filter(training_trainer::Column::SlotId.is_in(slots.iter().map(|slot| slot.id)))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .all(conn)
        .await?
        .into_iter()
        .map(|one| (one.slot_id, one.expert_id))
        .collect();
    let people = enrolment::Entity::find()
        .filter(enrolment::Column::SessionId.eq(session.id))
        .order_by_asc(enrolment::Column::Seq)
        .all(conn)
        .await?;
    let mut lines = Vec::new();
    for (turn, slot) in slots.iter().enumerate().filter(|(_, slot)| *slot.ends_at <= now) {
        // the last half-day of a session that has just ended waits for a countersignature
        let waits = session.state != SessionState::Closed && turn + 1 == slots.len();
        let trainer = taught.get(&slot.id).copied().filter(|_| !waits);
        for person in people.iter().filter(|person| has_begun(person.state)) {
            let presence = presence(person, turn, slots.len());
            lines.push(line(stage, (slot, person), presence, trainer));
        }
    }
    for lot in lines.chunks(AT_ONCE) {
        let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
        attendance::Entity::insert_many(lot).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// Whether somebody was there, as their enrolment says: whoever gave up came to the first half-days.
fn presence(person: &enrolment::Model, turn: usize, count: usize) -> Presence {
    let mark = usize::try_from(person.seq).unwrap_or_default() + turn;
    match person.state {
        EnrolmentState::Absent => Presence::Absent,
        EnrolmentState::DroppedOut if turn * 2 >= count.max(2) => Presence::Absent,
        _ if turn > 0 && mark.is_multiple_of(EXCUSED) => Presence::AbsentExcused,
        _ if mark.is_multiple_of(EARLY) => Presence::Partial,
        _ => Presence::Present,
    }
}

fn line(
    stage: &Stage<'_>,
    (slot, person): (&training_slot::Model, &enrolment::Model),
    presence: Presence,
    trainer: Option<ExpertId>,
) -> attendance::Model {
    let came = matches!(presence, Presence::Present | Presence::Partial);
    let signed_at = came.then(|| entity::Instant::from(*slot.starts_at + Duration::minutes(6)));
    let minutes = match presence {
        Presence::Present => slot.minutes,
        Presence::Partial => slot.minutes * 2 / 3,
        Presence::Absent | Presence::AbsentExcused => 0,
    };
    let name = format!("{} {}", person.first_names, person.family_name);
    attendance::Model {
        id: stage.app.new_id().into(),
        slot_id: slot.id,
        enrolment_id: person.id,
        presence,
        minutes,
        proof: if came { Proof::Qr } else { Proof::None },
        signature: if came { name } else { String::new() },
        signed_at,
        client_id: None,
        countersigned_by: trainer,
        countersigned_at: trainer.map(|_| slot.ends_at),
        recorded_by: None,
        recorded_at: signed_at.unwrap_or(slot.ends_at),
        version: 1,
    }
}
