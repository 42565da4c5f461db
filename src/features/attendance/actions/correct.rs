//! Corrects a presence: what it was stays beside it, with why.

use entity::attendance::{self, Presence};
use entity::ids::AttendanceId;
use entity::training_session::SessionState;

use super::{change, locked_line, settle, tell_absences};
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;
use crate::features::attendance::AttendanceError;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::input::{REASON_WANTED, TypedPresence};
use crate::rules::line;

/// What a presence should have been, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Correction {
    /// What it was really.
    pub presence: TypedPresence,
    /// Why it is corrected.
    pub reason: String,
}

/// Corrects a presence until the session is closed. Whoever teaches countersigns it again.
///
/// # Errors
/// Every fault, [`AttendanceError::Stale`], the state of the session, the refusal of the policy, what the database
/// answers.
pub async fn correct(
    tx: &mut Tx,
    id: AttendanceId,
    seen: Option<i32>,
    typed: &Correction,
) -> Result<attendance::Model, AttendanceError> {
    let (was, mut dossier, room) = locked_line(tx, id).await?;
    let grant = tx.authorize(Permission::AttendanceCorrect, &room.facts(tx.actor()))?;
    if seen.is_some_and(|seen| seen != was.version) {
        return Err(AttendanceError::Stale);
    }
    if matches!(room.session.state, SessionState::Closed | SessionState::Cancelled) {
        return Err(AttendanceError::Session);
    }
    let mut faults = Faults::default();
    let reason =
        faults.read("/reason", line::wanted(&typed.reason, 500, REASON_WANTED), |error| error.code());
    let known = match typed.presence.read("", room.minutes()) {
        Ok(known) => Some(known),
        Err(found) => {
            for fault in found {
                faults.push(fault.pointer, fault.code, fault.message);
            }
            None
        }
    };
    let (known, reason) = faults.or(known.zip(reason))?;
    let mut became = was.clone();
    became.presence = known.presence;
    became.minutes = known.minutes;
    became.countersigned_by = None;
    became.countersigned_at = None;
    let became = change(tx, &was, became, &reason).await?;
    settle(tx, &grant, &mut dossier).await?;
    if became.presence == Presence::Absent {
        tell_absences(tx, &grant, &dossier, was.presence == Presence::Absent).await?;
    }
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: Some(dossier.enrolment),
        what: What::Corrected { was: Box::new(was), became: Box::new(became.clone()), reason },
    };
    tx.record(&grant, &event).await?;
    Ok(became)
}
