//! Whoever teaches, or the team, says who was there.

use entity::attendance::{self, Presence, Proof};
use entity::ids::TrainingSlotId;

use super::{insert, settle, tell_absences};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::input::{Line, SOMEBODY_WANTED};
use crate::features::attendance::load::{self, Room, is_expected};
use crate::features::attendance::{AttendanceError, labels};
use crate::features::enrolments::Dossier;
use crate::features::enrolments::seats::Seats;
use crate::features::settings;

/// Records the presences of a half-day that are not known yet. Those that are known and the same are left as they are;
/// another value is a correction, which has a reason.
///
/// # Errors
/// Every fault, each under `/lines/n`; the time, the state of the session, the refusal of the policy, what the database
/// answers.
pub async fn record(
    tx: &mut Tx,
    id: TrainingSlotId,
    lines: &[Line],
    proof: Proof,
) -> Result<Vec<attendance::Model>, AttendanceError> {
    let room = Room::of(tx.conn(), id).await?;
    let grant = tx.authorize(Permission::AttendanceRecord, &room.facts(tx.actor()))?;
    room.is_held()?;
    let rules = settings::attendance_rules(tx.conn()).await?;
    room.has_begun(tx.now(), &rules)?;
    let new = unknown(tx, &room, lines).await?;
    let mut recorded = Vec::with_capacity(new.len());
    for line in new {
        let mut dossier = Dossier::locked(tx, line.enrolment).await?;
        let row = attendance::Model {
            id: tx.new_id(),
            slot_id: id,
            enrolment_id: line.enrolment,
            presence: line.known.presence,
            minutes: line.known.minutes,
            proof,
            signature: String::new(),
            signed_at: None,
            client_id: None,
            countersigned_by: None,
            countersigned_at: None,
            recorded_by: tx.actor().account_id(),
            recorded_at: tx.instant(),
            version: 1,
        };
        insert(tx, &row).await?;
        settle(tx, &grant, &mut dossier).await?;
        if row.presence == Presence::Absent {
            tell_absences(tx, &grant, &dossier, false).await?;
        }
        recorded.push(row);
    }
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: None,
        what: What::Recorded(recorded.clone()),
    };
    tx.record(&grant, &event).await?;
    Ok(recorded)
}

/// The lines of people who are expected and of whom nothing is known.
async fn unknown(tx: &Tx, room: &Room, lines: &[Line]) -> Result<Vec<Line>, AttendanceError> {
    // The seats of the session first: nobody signs between what is read here and what is written.
    Seats::lock(tx, room.session.id).await?;
    let people = load::listed(tx.conn(), room.session.id).await?;
    let known = load::lines(tx.conn(), &[room.slot.id]).await?;
    let mut faults = Faults::default();
    if lines.is_empty() {
        faults.push("/lines", "missing", SOMEBODY_WANTED);
    }
    let mut new: Vec<Line> = Vec::new();
    for (position, line) in lines.iter().enumerate() {
        let at = format!("/lines/{position}/presence");
        let expected = people.iter().any(|one| one.id == line.enrolment && is_expected(one.state));
        let before = known.iter().find(|row| row.enrolment_id == line.enrolment);
        match before {
            Some(row) if (row.presence, row.minutes) == (line.known.presence, line.known.minutes) => {}
            Some(_) => faults.push(at, "known", labels::KNOWN_ALREADY),
            None if !expected => faults.push(at, "unknown", labels::STRANGER),
            None if new.iter().any(|one| one.enrolment == line.enrolment) => {
                faults.push(at, "known", labels::KNOWN_ALREADY);
            }
            None => new.push(*line),
        }
    }
    Ok(faults.or(Some(new))?)
}
