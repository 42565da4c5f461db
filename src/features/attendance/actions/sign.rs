//! Somebody signs a half-day: in the room, by its square code or its six figures, or from elsewhere by their link.

use entity::attendance::{self, Presence, Proof};
use entity::ids::{EnrolmentId, TrainingSlotId};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use super::{change, insert, settle};
use crate::authz::{Permission, hash_token};
use crate::db::Tx;
use crate::features::attendance::events::{AttendanceEvent, What};
use crate::features::attendance::load::{self, Room, came, is_expected};
use crate::features::attendance::{AttendanceError, code, labels};
use crate::features::enrolments::Dossier;
use crate::features::settings;

/// How long a signature may wait on a telephone without network.
const WAITS: Duration = Duration::hours(48);
/// How far ahead the clock of a telephone may be.
const AHEAD: Duration = Duration::minutes(10);

/// What the telephone says of a signature that waited on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// Its key there: sent twice, it is one.
    pub key: Option<Uuid>,
    /// When it was given.
    pub at: Option<OffsetDateTime>,
}

impl Device {
    /// When it was given: as the telephone says, within reason.
    fn given_at(&self, now: OffsetDateTime) -> OffsetDateTime {
        let told = self.at.filter(|at| *at > now - WAITS && *at < now + AHEAD);
        told.map_or(now, |at| at.min(now))
    }
}

/// What became of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signed {
    /// It is recorded: the act is to be committed.
    Now(attendance::Model),
    /// It was before, by the same telephone: there is nothing to commit.
    Before(attendance::Model),
}

/// Signs by the link of a message; the figures shown in the room go with it, unless people are elsewhere.
///
/// # Errors
/// A link that is over, [`AttendanceError::NotFound`], a wrong code, the time, the state of the session or of the
/// enrolment, [`AttendanceError::AlreadySigned`], what the database answers.
pub async fn sign_by_link(
    tx: &mut Tx,
    token: &str,
    slot: TrainingSlotId,
    typed: &str,
    device: Device,
) -> Result<Signed, AttendanceError> {
    let dossier = Dossier::by_link(tx, token, &load::PURPOSES).await?;
    let room = Room::of(tx.conn(), slot).await?;
    if room.session.id != dossier.session.id {
        return Err(AttendanceError::NotFound);
    }
    let proof = if let Some(hash) = room.slot.pin_hash.as_ref().filter(|_| !room.is_remote()) {
        if hash_token(&code::figures(typed)) != *hash {
            return Err(AttendanceError::fault("/code", "wrong-code", labels::WRONG_CODE));
        }
        Proof::Pin
    } else {
        Proof::Link
    };
    Box::pin(sign(tx, dossier, room, proof, device)).await
}

/// Signs in the room, by its square code and one's name in the list.
///
/// # Errors
/// [`AttendanceError::RoomOver`], and the same.
pub async fn sign_in_room(
    tx: &mut Tx,
    token: &str,
    enrolment: Option<EnrolmentId>,
    device: Device,
) -> Result<Signed, AttendanceError> {
    let slot = code::named(token).ok_or(AttendanceError::RoomOver)?;
    let room = Room::of(tx.conn(), slot).await?;
    if !code::is_room(tx.app(), token, &room.slot)? {
        return Err(AttendanceError::RoomOver);
    }
    let wanted = || AttendanceError::fault("/name", "missing", labels::NAME_WANTED);
    let dossier = Dossier::locked(tx, enrolment.ok_or_else(wanted)?).await?;
    if dossier.session.id != room.session.id {
        return Err(AttendanceError::fault("/name", "unknown", labels::STRANGER));
    }
    Box::pin(sign(tx, dossier, room, Proof::Qr, device)).await
}

async fn sign(
    tx: &mut Tx,
    mut dossier: Dossier,
    room: Room,
    proof: Proof,
    device: Device,
) -> Result<Signed, AttendanceError> {
    let grant = tx.authorize(Permission::AttendanceSign, &room.facts(tx.actor()))?;
    let known = load::line(tx.conn(), room.slot.id, dossier.enrolment.id).await?;
    if let Some(row) = known.clone().filter(|row| row.client_id.is_some() && row.client_id == device.key) {
        return Ok(Signed::Before(row));
    }
    room.is_held()?;
    if !is_expected(dossier.enrolment.state) {
        return Err(AttendanceError::NotExpected);
    }
    let rules = settings::attendance_rules(tx.conn()).await?;
    let at = device.given_at(tx.now());
    room.is_time(at, &rules)?;
    let row = if let Some(row) = known {
        again(tx, row, &room, &dossier, (proof, at, device.key)).await?
    } else {
        let row = attendance::Model {
            id: tx.new_id(),
            slot_id: room.slot.id,
            enrolment_id: dossier.enrolment.id,
            presence: Presence::Present,
            minutes: room.slot.minutes,
            proof,
            signature: load::name(&dossier.enrolment),
            signed_at: Some(at.into()),
            client_id: device.key,
            countersigned_by: None,
            countersigned_at: None,
            recorded_by: None,
            recorded_at: tx.instant(),
            version: 1,
        };
        insert(tx, &row).await?;
        row
    };
    settle(tx, &grant, &mut dossier).await?;
    let event = AttendanceEvent {
        session: room.session,
        slot: Some(room.slot),
        enrolment: Some(dossier.enrolment),
        what: What::Signed(row.clone()),
    };
    tx.record(&grant, &event).await?;
    Ok(Signed::Now(row))
}

/// Somebody whose presence was said before they signed: what was said of their hours stays, an absence does not.
async fn again(
    tx: &Tx,
    was: attendance::Model,
    room: &Room,
    dossier: &Dossier,
    (proof, at, key): (Proof, OffsetDateTime, Option<Uuid>),
) -> Result<attendance::Model, AttendanceError> {
    if was.signed_at.is_some() {
        return Err(AttendanceError::AlreadySigned);
    }
    if was.countersigned_at.is_some() {
        return Err(AttendanceError::Countersigned);
    }
    let mut became = was.clone();
    if !came(was.presence) {
        became.presence = Presence::Present;
        became.minutes = room.slot.minutes;
    }
    became.proof = proof;
    became.signature = load::name(&dossier.enrolment);
    became.signed_at = Some(at.into());
    became.client_id = key;
    change(tx, &was, became, labels::SIGNED_SINCE).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn the_clock_of_a_telephone_is_believed_within_reason() {
        let now = datetime!(2026-03-03 10:00 UTC);
        for (told, expected) in [
            (None, now),
            (Some(datetime!(2026-03-03 08:12 UTC)), datetime!(2026-03-03 08:12 UTC)),
            (Some(datetime!(2026-03-03 10:05 UTC)), now),
            (Some(datetime!(2026-03-03 11:00 UTC)), now),
            (Some(datetime!(2026-02-28 08:12 UTC)), now),
        ] {
            assert_eq!(Device { key: None, at: told }.given_at(now), expected, "{told:?}");
        }
    }
}
