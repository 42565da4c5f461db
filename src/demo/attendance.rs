//! Who was there on the half-days of the sessions that have begun: lines as the actions leave them, without the messages of a
//! year, with what proves the remote ones and what was corrected since. The last correction is an act of today.

use std::collections::HashMap;

use anyhow::Context;
use entity::attendance::{self, Presence, Proof};
use entity::attendance_proof::{self, ProofKind};
use entity::enrolment::{self, EnrolmentState};
use entity::ids::{ExpertId, TrainingSlotId};
use entity::programme_version::Modality;
use entity::training_session::{self, SessionState};
use entity::{attendance_change, training_slot, training_trainer};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use time::Duration;

use super::Stage;
use super::labels::{ATTENDED_REMOTELY, LEFT_LATER, SIGNATURE_FORGOTTEN};
use super::requests::Story;
use crate::features::attendance::actions::{self, Correction};
use crate::features::attendance::input::TypedPresence;
use crate::features::enrolments::state::has_begun;

/// Lines written at once.
const AT_ONCE: usize = 100;
/// Of so many lines, one is of somebody excused.
const EXCUSED: usize = 13;
/// Of so many lines, one is of somebody who left early.
const EARLY: usize = 17;
/// Of so many lines, one said that somebody was not there, and was corrected.
const FORGOTTEN: usize = 29;
/// How long after the half-day that was.
const CORRECTED_AFTER: Duration = Duration::hours(20);

/// Writes the lines of every session that has begun, and corrects one.
pub(super) async fn load(story: &Story<'_>) -> anyhow::Result<()> {
    let stage = story.stage;
    let begun = [SessionState::InProgress, SessionState::Ended, SessionState::Closed];
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::State.is_in(begun))
        .order_by_asc(training_session::Column::Number)
        .all(stage.app.db.bookkeeping())
        .await?;
    for session in sessions {
        of_session(stage, &session).await?;
    }
    Box::pin(correct(story)).await.context("a correction")
}

/// Somebody who was said to have left early stayed until the end, in a session that is not closed yet.
async fn correct(story: &Story<'_>) -> anyhow::Result<()> {
    let (app, conn) = (story.stage.app, story.stage.app.db.bookkeeping());
    let open = training_session::Entity::find()
        .filter(training_session::Column::State.is_in([SessionState::InProgress, SessionState::Ended]))
        .all(conn)
        .await?;
    let slots = training_slot::Entity::find()
        .filter(training_slot::Column::SessionId.is_in(open.iter().map(|row| row.id)))
        .all(conn)
        .await?;
    let early = attendance::Entity::find()
        .filter(attendance::Column::SlotId.is_in(slots.iter().map(|slot| slot.id)))
        .filter(attendance::Column::Presence.eq(Presence::Partial))
        .order_by_asc(attendance::Column::Id)
        .one(conn)
        .await?;
    let Some(early) = early else { return Ok(()) };
    let typed = Correction {
        presence: TypedPresence { presence: Presence::Present.word(), minutes: String::new() },
        reason: LEFT_LATER.to_owned(),
    };
    let mut tx = app.begin(story.people.manager.clone()).await?;
    Box::pin(actions::correct(&mut tx, early.id, None, &typed)).await?;
    Ok(tx.commit().await?)
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
    let (mut proofs, mut changes) = (Vec::new(), Vec::new());
    for (turn, slot) in slots.iter().enumerate().filter(|(_, slot)| *slot.ends_at <= now) {
        // the last half-day of a session that has just ended waits for a countersignature
        let waits = session.state != SessionState::Closed && turn + 1 == slots.len();
        let trainer = taught.get(&slot.id).copied().filter(|_| !waits);
        for person in people.iter().filter(|person| has_begun(person.state)) {
            let presence = presence(person, turn, slots.len());
            let mut line = line(stage, (slot, person), presence, trainer);
            if line.proof == Proof::Remote {
                proofs.push(proof(stage, slot, &line));
            }
            if presence == Presence::Present && mark(person, turn).is_multiple_of(FORGOTTEN) {
                line.version = 2;
                changes.push(change(stage, slot, &line));
            }
            lines.push(line);
        }
    }
    for lot in lines.chunks(AT_ONCE) {
        let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
        attendance::Entity::insert_many(lot).exec_without_returning(conn).await?;
    }
    for lot in proofs.chunks(AT_ONCE) {
        let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
        attendance_proof::Entity::insert_many(lot).exec_without_returning(conn).await?;
    }
    for lot in changes.chunks(AT_ONCE) {
        let lot = lot.iter().cloned().map(|row| row.into_active_model().reset_all());
        attendance_change::Entity::insert_many(lot).exec_without_returning(conn).await?;
    }
    Ok(())
}

/// What tells the lines of people and half-days apart.
fn mark(person: &enrolment::Model, turn: usize) -> usize {
    usize::try_from(person.seq).unwrap_or_default() * 7 + turn * 5
}

/// Whether somebody was there, as their enrolment says: whoever gave up came to the first half-days.
fn presence(person: &enrolment::Model, turn: usize, count: usize) -> Presence {
    let mark = mark(person, turn);
    match person.state {
        EnrolmentState::Absent => Presence::Absent,
        EnrolmentState::DroppedOut if turn * 2 >= count.max(2) => Presence::Absent,
        _ if turn > 0 && mark.is_multiple_of(EXCUSED) => Presence::AbsentExcused,
        _ if mark.is_multiple_of(EARLY) => Presence::Partial,
        _ => Presence::Present,
    }
}

/// How somebody who came signed.
fn signed_by(person: &enrolment::Model, slot: &training_slot::Model) -> Proof {
    match person.seq % 5 {
        _ if matches!(slot.modality, Modality::Remote | Modality::RemoteAsync) => Proof::Remote,
        0 => Proof::Pin,
        3 => Proof::Link,
        _ => Proof::Qr,
    }
}

/// What proves that somebody followed at a distance.
fn proof(
    stage: &Stage<'_>,
    slot: &training_slot::Model,
    line: &attendance::Model,
) -> attendance_proof::Model {
    attendance_proof::Model {
        id: stage.app.new_id().into(),
        attendance_id: line.id,
        kind: ProofKind::Log,
        document_id: None,
        note: ATTENDED_REMOTELY.to_owned(),
        dated_on: slot.day,
        recorded_by: None,
        recorded_at: slot.ends_at,
        voided_at: None,
    }
}

/// Somebody was there and had not signed.
fn change(
    stage: &Stage<'_>,
    slot: &training_slot::Model,
    line: &attendance::Model,
) -> attendance_change::Model {
    let changed_at = (*slot.ends_at + CORRECTED_AFTER).min(stage.clock.real_now());
    attendance_change::Model {
        id: stage.app.new_id().into(),
        attendance_id: line.id,
        was: Presence::Absent,
        became: line.presence,
        was_minutes: 0,
        became_minutes: line.minutes,
        reason: SIGNATURE_FORGOTTEN.to_owned(),
        changed_by: None,
        changed_at: changed_at.into(),
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
        proof: if came { signed_by(person, slot) } else { Proof::None },
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
