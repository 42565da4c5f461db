//! The jury will not take place (S9).

use entity::ids::JurySessionId;
use entity::jury_session::{self, JuryState};

use super::super::input;
use super::super::state::Event;
use super::super::{JuryError, What};
use super::{expect_nobody, missions, open, people, rooms, step};
use crate::authz::Permission;
use crate::db::Tx;

/// Cancels a session: its candidates may be called to another, its room is free, everybody is told.
///
/// # Errors
/// No reason, the state, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn cancel(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    why: &str,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryManage).await?;
    opened.whole.next(Event::Cancel)?;
    let reason = input::reason(why)?;
    let called = opened.whole.session.state == JuryState::Summoned;
    people::release(tx, &opened.grant, &mut opened.whole, &reason).await?;
    expect_nobody(tx, &mut opened.whole).await?;
    rooms::release(tx, id).await?;
    missions::cancelled(tx, &opened.whole, &reason).await?;
    let kept = reason.clone();
    let line = step(tx, &mut opened.whole, Event::Cancel, |session| {
        session.reason = Some(kept);
        session.sequence += 1;
    })
    .await?;
    opened.record(tx, line, What::Cancelled { reason: &reason, called }).await
}
