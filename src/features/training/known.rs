//! What is known of a session when a step is asked for: counted in a fixed number of queries.

use entity::attendance::{self, Presence};
use entity::enrolment::EnrolmentState;
use entity::ids::{EnrolmentId, TrainingSlotId};
use entity::training_document::{self, PaperKind, PaperState};
use entity::training_session::Delivery;
use entity::training_signature;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::Date;

use super::TrainingError;
use super::load::{self, Whole, count};
use super::state::{Known, Lack, Step, lacking};

/// What is known now.
///
/// # Errors
/// What the database answers.
pub async fn known(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Known, TrainingError> {
    let mut without_right = 0;
    for person in whole.trainers() {
        let days: Vec<Date> = whole.slots_of(person).map(|slot| slot.row.day).collect();
        let lacks = load::days_without_right(conn, &whole.programme, person, &days).await?;
        without_right += u32::from(!lacks.is_empty());
    }
    let papers = papers_of(conn, whole).await?;
    Ok(Known {
        slots: count(whole.slots.len()),
        without_trainer: whole.without_trainer(),
        without_right,
        without_room: whole.without_room(),
        confirmed: count(whole.people.iter().filter(|one| one.counts()).count()),
        needed: u32::try_from(whole.session.seats_min).unwrap_or_default(),
        people: count(whole.people.len()),
        unknown_presences: unknown_presences(conn, whole).await?,
        unsigned_papers: count(papers.unsigned),
        unsigned_subcontract: u32::from(whole.session.delivery == Delivery::Entrusted && !papers.subcontract),
    })
}

/// What papers a session lacks.
struct Papers {
    /// Papers that lack a signatory, and certificates of completion that were not issued.
    unsigned: usize,
    /// Whether the sub-contract is written and signed.
    subcontract: bool,
}

async fn papers_of(conn: &impl ConnectionTrait, whole: &Whole) -> Result<Papers, TrainingError> {
    let papers = training_document::Entity::find()
        .filter(training_document::Column::SessionId.eq(whole.session.id))
        .filter(training_document::Column::State.is_in([PaperState::Issued, PaperState::ToSign]))
        .all(conn)
        .await?;
    let unsigned = training_signature::Entity::find()
        .filter(training_signature::Column::TrainingDocumentId.is_in(papers.iter().map(|row| row.id)))
        .filter(training_signature::Column::Required.eq(true))
        .filter(training_signature::Column::SignedAt.is_null())
        .all(conn)
        .await?;
    let waits =
        |row: &training_document::Model| unsigned.iter().any(|one| one.training_document_id == row.id);
    let certified = |id: EnrolmentId| {
        papers.iter().any(|row| row.kind == PaperKind::CompletionCertificate && row.enrolment_id == Some(id))
    };
    let came = whole.people.iter().filter(|one| has_come(one.state));
    let contract = papers.iter().find(|row| row.kind == PaperKind::Subcontract);
    Ok(Papers {
        unsigned: papers.iter().filter(|row| waits(row)).count()
            + came.filter(|one| !certified(one.id)).count(),
        subcontract: whole.subcontract.is_some() && contract.is_some_and(|row| !waits(row)),
    })
}

/// Whether somebody was there, and has their certificate of completion.
const fn has_come(state: EnrolmentState) -> bool {
    matches!(state, EnrolmentState::Present | EnrolmentState::Completed)
}

/// What a step waits for.
///
/// # Errors
/// What the database answers.
pub async fn lacks(
    conn: &impl ConnectionTrait,
    whole: &Whole,
    step: Step,
) -> Result<Vec<Lack>, TrainingError> {
    Ok(lacking(step, &known(conn, whole).await?))
}

/// Presences that nobody recorded, or that no trainer countersigned.
async fn unknown_presences(conn: &impl ConnectionTrait, whole: &Whole) -> Result<u32, TrainingError> {
    let rows = attendance::Entity::find()
        .filter(attendance::Column::SlotId.is_in(whole.slots.iter().map(|slot| slot.row.id)))
        .all(conn)
        .await?;
    let settled = |row: &attendance::Model| {
        row.countersigned_at.is_some() || matches!(row.presence, Presence::Absent | Presence::AbsentExcused)
    };
    let is_known = |slot: TrainingSlotId, person: EnrolmentId| {
        rows.iter().any(|row| row.slot_id == slot && row.enrolment_id == person && settled(row))
    };
    let expected = whole.people.iter().filter(|one| one.counts());
    let unknown =
        expected.map(|one| whole.slots.iter().filter(|slot| !is_known(slot.row.id, one.id)).count());
    Ok(count(unknown.sum()))
}
