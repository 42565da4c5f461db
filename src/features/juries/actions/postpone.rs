//! Another date (S8): the session then waits to be planned again.

use entity::ids::JurySessionId;
use entity::jury_session::{self, JuryState};

use super::super::input::TypedMove;
use super::super::state::Event;
use super::super::{JuryError, What, schedule};
use super::choose::room_for;
use super::{give_turns, missions, open, people, rooms, step};
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::engagement::taken;

/// Postpones a session to another date, in the same room and for as long. Everybody told of the first date is told of the
/// new one; candidates who had been called are called again once the session is confirmed.
///
/// # Errors
/// Every fault; a room that is taken, a member who may not sit on the new date; the state, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn postpone(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    typed: &TypedMove,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryManage).await?;
    opened.whole.next(Event::Postpone)?;
    let (starts_at, reason) = typed.read(&opened.whole.session.zone, tx.now(), tx.app().today())?;
    let called = opened.whole.session.state == JuryState::Summoned;
    let count = opened.whole.passages.len();
    let session = &mut opened.whole.session;
    let before = session.starts_at;
    let lasts = session.starts_at.zip(session.ends_at).map(|(from, until)| *until - *from);
    let ends_at = starts_at + lasts.unwrap_or_else(|| schedule::length(&opened.whole.rules, count));
    session.starts_at = Some(starts_at.into());
    session.ends_at = Some(ends_at.into());
    room_for(&opened.whole, count, "/starts_time")?;
    let slots = taken(starts_at, ends_at, &opened.whole.session.zone);
    rooms::release(tx, id).await?;
    let room = opened.whole.session.room.clone();
    rooms::hold(tx, id, (opened.whole.session.site_id, &room), &slots).await?;
    people::release(tx, &opened.grant, &mut opened.whole, &reason).await?;
    missions::moved(tx, &opened.whole, &reason).await?;
    give_turns(tx, &mut opened.whole).await?;
    let kept = reason.clone();
    let line = step(tx, &mut opened.whole, Event::Postpone, |session| {
        session.reason = Some(kept);
        session.confirmed_at = None;
        session.summoned_at = None;
        session.files_sent_at = None;
        session.sequence += 1;
    })
    .await?;
    let before = before.map(|at| *at);
    opened.record(tx, line, What::Postponed { reason: &reason, before, called }).await
}
