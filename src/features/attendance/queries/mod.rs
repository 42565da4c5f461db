//! Reads of attendance: the sheet of a session, the page of a trainee, the list of a room, hours.

pub mod hours;
pub mod room;
pub mod trainee;

use std::collections::BTreeMap;

use entity::attendance;
use entity::ids::{AttendanceId, DocumentId, EnrolmentId, ExpertId, TrainingSessionId, TrainingSlotId};
use entity::{
    attendance_change, attendance_proof, document, enrolment, expert, training_session, training_slot,
    training_trainer,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::AttendanceError;
use super::load::{self, is_expected};
use crate::authz::{Actor, Facts, Permission, allows};
use crate::rules::training::attendance::{Attended, attended};

/// The sheet of a session: its half-days, who is on it, and what is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The session.
    pub session: training_session::Model,
    /// Its half-days, in their order.
    pub slots: Vec<training_slot::Model>,
    /// Who is on it, in alphabetical order.
    pub people: Vec<enrolment::Model>,
    /// What is known.
    pub lines: Vec<attendance::Model>,
    /// Who teaches, each half-day.
    pub trainers: Vec<training_trainer::Model>,
    /// The same people, with their names.
    pub experts: Vec<expert::Model>,
}

impl Sheet {
    /// What is known of somebody on a half-day.
    #[must_use]
    pub fn line(&self, slot: TrainingSlotId, person: EnrolmentId) -> Option<&attendance::Model> {
        self.lines.iter().find(|row| row.slot_id == slot && row.enrolment_id == person)
    }

    /// A half-day of the session.
    #[must_use]
    pub fn slot(&self, id: TrainingSlotId) -> Option<&training_slot::Model> {
        self.slots.iter().find(|slot| slot.id == id)
    }

    /// The names of those who teach a half-day.
    #[must_use]
    pub fn teaching(&self, slot: TrainingSlotId) -> Vec<String> {
        let ids = self.trainers.iter().filter(|one| one.slot_id == slot).map(|one| one.expert_id);
        ids.filter_map(|id| self.experts.iter().find(|one| one.id == id)).map(expert::Model::name).collect()
    }

    /// How many expected people are unknown on a half-day, and how many lines wait for a countersignature.
    #[must_use]
    pub fn awaited(&self, slot: TrainingSlotId) -> (usize, usize) {
        let unknown = |one: &&enrolment::Model| is_expected(one.state) && self.line(slot, one.id).is_none();
        let waiting = |row: &&attendance::Model| row.slot_id == slot && row.countersigned_at.is_none();
        (self.people.iter().filter(unknown).count(), self.lines.iter().filter(waiting).count())
    }

    /// The hours of somebody.
    #[must_use]
    pub fn hours(&self, person: EnrolmentId) -> Attended {
        let minutes = |number: i32| u32::try_from(number).unwrap_or_default();
        let days: Vec<_> = self
            .slots
            .iter()
            .map(|slot| {
                let known = self.line(slot.id, person);
                (minutes(slot.minutes), known.map(|row| (row.presence, minutes(row.minutes))))
            })
            .collect();
        attended(&days)
    }

    /// What the policy needs to know of the session.
    #[must_use]
    pub fn facts(&self, actor: &Actor) -> Facts {
        load::facts(&self.session, &self.trainers, actor)
    }

    /// The same, of one half-day.
    #[must_use]
    pub fn facts_on(&self, slot: TrainingSlotId, actor: &Actor) -> Facts {
        let teaching: Vec<_> = self.trainers.iter().filter(|one| one.slot_id == slot).cloned().collect();
        load::facts(&self.session, &teaching, actor)
    }
}

/// The sheet of a session, by its number.
///
/// # Errors
/// [`AttendanceError::NotFound`], the refusal of the policy, what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<Sheet, AttendanceError> {
    let found = training_session::Entity::find()
        .filter(training_session::Column::Number.eq(number))
        .one(conn)
        .await?;
    sheet(conn, actor, found).await
}

/// The same, by its key.
///
/// # Errors
/// The same.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: TrainingSessionId,
) -> Result<Sheet, AttendanceError> {
    let found = training_session::Entity::find_by_id(id).one(conn).await?;
    sheet(conn, actor, found).await
}

async fn sheet(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    found: Option<training_session::Model>,
) -> Result<Sheet, AttendanceError> {
    let session = found.ok_or(AttendanceError::NotFound)?;
    let slots = load::slots(conn, session.id).await?;
    let ids: Vec<TrainingSlotId> = slots.iter().map(|slot| slot.id).collect();
    let trainers = load::trainers(conn, &ids).await?;
    let _allowed = allows(actor, Permission::AttendanceView, &load::facts(&session, &trainers, actor))?;
    let people = load::listed(conn, session.id).await?;
    let lines = load::lines(conn, &ids).await?;
    let mut teaching: Vec<ExpertId> = trainers.iter().map(|one| one.expert_id).collect();
    teaching.sort_unstable();
    teaching.dedup();
    let experts = expert::Entity::find().filter(expert::Column::Id.is_in(teaching)).all(conn).await?;
    Ok(Sheet { session, slots, people, lines, trainers, experts })
}

/// What goes with the lines of a half-day: corrections, oldest first, and proofs that stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Corrections.
    pub changes: Vec<attendance_change::Model>,
    /// Proofs.
    pub proofs: Vec<attendance_proof::Model>,
}

/// What goes with some lines.
///
/// # Errors
/// What the database answers.
pub async fn beside(conn: &impl ConnectionTrait, lines: &[AttendanceId]) -> Result<Beside, AttendanceError> {
    let changes = attendance_change::Entity::find()
        .filter(attendance_change::Column::AttendanceId.is_in(lines.to_vec()))
        .order_by_asc(attendance_change::Column::ChangedAt)
        .order_by_asc(attendance_change::Column::Id)
        .all(conn)
        .await?;
    let proofs = attendance_proof::Entity::find()
        .filter(attendance_proof::Column::AttendanceId.is_in(lines.to_vec()))
        .filter(attendance_proof::Column::VoidedAt.is_null())
        .order_by_asc(attendance_proof::Column::Id)
        .all(conn)
        .await?;
    Ok(Beside { changes, proofs })
}

/// A file of a session: the sheet of one of its half-days, or what proves a sequence.
///
/// # Errors
/// [`AttendanceError::NotFound`], what the database answers.
pub async fn file(
    conn: &impl ConnectionTrait,
    sheet: &Sheet,
    id: DocumentId,
) -> Result<document::Model, AttendanceError> {
    let lines: Vec<AttendanceId> = sheet.lines.iter().map(|row| row.id).collect();
    let proofs = beside(conn, &lines).await?.proofs;
    let kept = sheet.slots.iter().filter_map(|slot| slot.sheet_id);
    let known = kept.chain(proofs.iter().filter_map(|row| row.document_id)).any(|one| one == id);
    let found = if known { document::Entity::find_by_id(id).one(conn).await? } else { None };
    found.ok_or(AttendanceError::NotFound)
}

/// The half-days that somebody teaches from a day on, with their session, in their order: at most fifty.
///
/// # Errors
/// What the database answers.
pub async fn taught_by(
    conn: &impl ConnectionTrait,
    expert: ExpertId,
    from: time::Date,
) -> Result<Vec<(training_slot::Model, training_session::Model)>, AttendanceError> {
    let own = training_trainer::Entity::find()
        .filter(training_trainer::Column::ExpertId.eq(expert))
        .filter(training_trainer::Column::RemovedAt.is_null())
        .all(conn)
        .await?;
    let slots = training_slot::Entity::find()
        .filter(training_slot::Column::Id.is_in(own.iter().map(|one| one.slot_id)))
        .filter(training_slot::Column::Day.gte(from))
        .filter(training_slot::Column::DroppedAt.is_null())
        .order_by_asc(training_slot::Column::StartsAt)
        .all(conn)
        .await?;
    let sessions = training_session::Entity::find()
        .filter(training_session::Column::Id.is_in(slots.iter().map(|slot| slot.session_id)))
        .all(conn)
        .await?;
    let sessions: BTreeMap<TrainingSessionId, training_session::Model> =
        sessions.into_iter().map(|row| (row.id, row)).collect();
    let with = |slot: training_slot::Model| {
        let session = sessions.get(&slot.session_id).cloned()?;
        Some((slot, session))
    };
    Ok(slots.into_iter().filter_map(with).take(50).collect())
}
