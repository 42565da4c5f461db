//! The list of a room: who may still sign by its square code.

use entity::enrolment;
use entity::ids::EnrolmentId;

use super::super::load::{self, Room, is_expected};
use super::super::{AttendanceError, code};
use crate::app::App;

/// A room whose codes are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The half-day.
    pub room: Room,
    /// Who is expected and has not signed, in alphabetical order.
    pub awaited: Vec<enrolment::Model>,
    /// How many signed.
    pub signed: usize,
}

/// The room of a square code.
///
/// # Errors
/// [`AttendanceError::RoomOver`], what the database answers.
pub async fn open(app: &App, token: &str) -> Result<Open, AttendanceError> {
    let conn = app.db.read();
    let slot = code::named(token).ok_or(AttendanceError::RoomOver)?;
    let room = match Room::of(conn, slot).await {
        Err(AttendanceError::NotFound) => return Err(AttendanceError::RoomOver),
        other => other?,
    };
    if !code::is_room(app, token, &room.slot)? {
        return Err(AttendanceError::RoomOver);
    }
    let lines = load::lines(conn, &[slot]).await?;
    let signed: Vec<EnrolmentId> =
        lines.iter().filter(|row| row.signed_at.is_some()).map(|row| row.enrolment_id).collect();
    let people = load::listed(conn, room.session.id).await?;
    let awaited = people.into_iter().filter(|one| is_expected(one.state) && !signed.contains(&one.id));
    Ok(Open { awaited: awaited.collect(), room, signed: signed.len() })
}
