//! The changes of attendance, one per file. The seats of the session are locked before an enrolment, as everywhere.

mod call;
mod correct;
mod countersign;
mod download;
mod keep_sheet;
mod open;
mod prove;
mod record;
mod remind;
mod send_link;
mod sign;

pub use call::call;
pub use correct::{Correction, correct};
pub use countersign::countersign;
pub use download::download;
pub use keep_sheet::keep_sheet;
pub use open::open;
pub use prove::{prove, void_proof};
pub use record::record;
pub use remind::remind;
pub use send_link::send_links;
pub use sign::{Device, Signed, sign_by_link, sign_in_room};

use entity::attendance::{self, Presence};
use entity::enrolment::EnrolmentState;
use entity::enrolment_link::{self, LinkPurpose};
use entity::ids::{AttendanceId, EnrolmentId, TrainingSlotId};
use entity::training_session::SessionState;
use entity::{attendance_call, attendance_change, enrolment};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect,
};
use time::Duration;

use super::AttendanceError;
use super::events::{AttendanceEvent, What};
use super::load::{self, Room, came};
use crate::authz::{Grant, hash_token};
use crate::db::Tx;
use crate::features::enrolments::state::{Step, Transition};
use crate::features::enrolments::{self, Dossier, EnrolmentEvent};
use crate::features::settings;

/// A file already checked and in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub file_name: String,
    /// SHA-256 of its content.
    pub sha256: Vec<u8>,
    /// Bytes.
    pub size: i64,
    /// What it is.
    pub media_type: &'static str,
}

/// How long the link of a trainee works; another one is sent on demand.
const FOLLOW: Duration = Duration::days(400);

/// Makes a link of a trainee; only the hash of its token is kept.
async fn make_link(tx: &Tx, enrolment: EnrolmentId) -> Result<String, AttendanceError> {
    let token = tx.app().new_token();
    let row = enrolment_link::ActiveModel {
        id: Set(tx.new_id()),
        enrolment_id: Set(enrolment),
        purpose: Set(LinkPurpose::Follow),
        token_hash: Set(hash_token(&token)),
        created_at: Set(tx.instant()),
        expires_at: Set((tx.now() + FOLLOW).into()),
        used_at: Set(None),
    };
    enrolment_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(tx.app().url(&format!("/stagiaire/{token}")))
}

/// Writes a new line.
async fn insert(tx: &Tx, row: &attendance::Model) -> Result<(), AttendanceError> {
    let row = row.clone().into_active_model().reset_all();
    attendance::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(())
}

/// Writes a line after a change, its version grown, and what it was beside it.
async fn change(
    tx: &Tx,
    was: &attendance::Model,
    mut became: attendance::Model,
    reason: &str,
) -> Result<attendance::Model, AttendanceError> {
    if (was.presence, was.minutes) != (became.presence, became.minutes) {
        let row = attendance_change::ActiveModel {
            id: Set(tx.new_id()),
            attendance_id: Set(was.id),
            was: Set(was.presence),
            became: Set(became.presence),
            was_minutes: Set(was.minutes),
            became_minutes: Set(became.minutes),
            reason: Set(reason.to_owned()),
            changed_by: Set(tx.actor().account_id()),
            changed_at: Set(tx.instant()),
        };
        attendance_change::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    }
    became.version += 1;
    let row = became.clone().into_active_model().reset_all();
    attendance::Entity::update(row).exec(tx.conn()).await?;
    Ok(became)
}

/// Locks a line and what it is part of, its enrolment first.
async fn locked_line(
    tx: &Tx,
    id: AttendanceId,
) -> Result<(attendance::Model, Dossier, Room), AttendanceError> {
    let seen = attendance::Entity::find_by_id(id).one(tx.conn()).await?;
    let seen = seen.ok_or(AttendanceError::NotFound)?;
    let dossier = Dossier::locked(tx, seen.enrolment_id).await?;
    let room = Room::of(tx.conn(), seen.slot_id).await?;
    let row = attendance::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    Ok((row.ok_or(AttendanceError::NotFound)?, dossier, room))
}

/// Moves an enrolment to what its half-days say: the person came, or was on none of those that are known.
async fn settle(tx: &mut Tx, grant: &Grant, dossier: &mut Dossier) -> Result<(), AttendanceError> {
    let slots: Vec<TrainingSlotId> =
        load::slots(tx.conn(), dossier.session.id).await?.iter().map(|slot| slot.id).collect();
    let known: Vec<Presence> = attendance::Entity::find()
        .filter(attendance::Column::EnrolmentId.eq(dossier.enrolment.id))
        .filter(attendance::Column::SlotId.is_in(slots))
        .all(tx.conn())
        .await?
        .iter()
        .map(|row| row.presence)
        .collect();
    if known.is_empty() {
        return Ok(());
    }
    let step = if known.iter().any(|one| came(*one)) { Step::MarkPresent } else { Step::MarkAbsent };
    if let Ok(line) = dossier.next(step) {
        walk(tx, grant, dossier, line).await?;
    }
    // what is known of it comes late: the session has ended, they followed it to the end
    let ended = dossier.session.state == SessionState::Ended;
    if ended && dossier.enrolment.state == EnrolmentState::Present {
        let line = dossier.next(Step::Complete)?;
        dossier.enrolment.ended_at = Some(tx.instant());
        walk(tx, grant, dossier, line).await?;
    }
    Ok(())
}

/// Takes an enrolment along its table: no seat is taken or given back there.
async fn walk(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &mut Dossier,
    line: &'static Transition,
) -> Result<(), AttendanceError> {
    dossier.enrolment.state = line.to;
    dossier.enrolment.version += 1;
    let row = dossier.enrolment.clone().into_active_model().reset_all();
    enrolment::Entity::update(row).exec(tx.conn()).await?;
    let event = EnrolmentEvent {
        enrolment: dossier.enrolment.clone(),
        session: dossier.session.clone(),
        link: None,
        what: enrolments::What::Stepped(line),
    };
    tx.record(grant, &event).await?;
    Ok(())
}

/// Tells the team of absences without a reason, when they have just become as many as the rules say.
async fn tell_absences(
    tx: &mut Tx,
    grant: &Grant,
    dossier: &Dossier,
    was_absent: bool,
) -> Result<(), AttendanceError> {
    let rules = settings::attendance_rules(tx.conn()).await?;
    let found = attendance::Entity::find()
        .filter(attendance::Column::EnrolmentId.eq(dossier.enrolment.id))
        .filter(attendance::Column::Presence.eq(Presence::Absent))
        .all(tx.conn())
        .await?;
    let absences = u32::try_from(found.len()).unwrap_or(u32::MAX);
    if was_absent || absences != u32::from(rules.absence_alert) {
        return Ok(());
    }
    let link = tx.app().url(&format!("/sessions/{}/emargement", dossier.session.number));
    let event = AttendanceEvent {
        session: dossier.session.clone(),
        slot: None,
        enrolment: Some(dossier.enrolment.clone()),
        what: What::AbsencesTold { absences, officer: dossier.session.officer_id, link },
    };
    tx.record(grant, &event).await?;
    Ok(())
}

/// What was sent about a half-day, locked.
async fn sent_about(
    tx: &Tx,
    slot: TrainingSlotId,
) -> Result<Option<attendance_call::Model>, AttendanceError> {
    Ok(attendance_call::Entity::find_by_id(slot).lock_exclusive().one(tx.conn()).await?)
}

/// Writes what was sent about a half-day.
async fn keep_sent(tx: &Tx, row: attendance_call::Model, known: bool) -> Result<(), AttendanceError> {
    let row = row.into_active_model().reset_all();
    if known {
        attendance_call::Entity::update(row).exec(tx.conn()).await?;
    } else {
        attendance_call::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    }
    Ok(())
}
