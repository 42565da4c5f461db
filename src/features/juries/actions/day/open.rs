//! The president opens the session (S10).

use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::super::state::Event;
use super::super::super::{JuryError, What};
use super::super::step;
use super::apart::{not_entitled, set_apart};
use super::opened;
use crate::authz::Permission;
use crate::db::Tx;
use crate::rules::jury::quorum;

/// Opens a session, on its day and not more than some hours before its start: the quorum is in the room, each member there was identified, may sit that day, and
/// declared their impartiality. Those who know a candidate stay apart from them.
///
/// # Errors
/// [`JuryError::Lacking`] with everything that lacks; too early, the state, [`JuryError::Stale`], the refusal of the policy,
/// what the database answers.
pub async fn open(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    opened.day.whole.check_version(seen)?;
    opened.day.whole.next(Event::Open)?;
    opened.day.may_open_at(tx.now())?;
    let mut lacking = opened.day.missing_to_open();
    lacking.extend(not_entitled(tx, &opened.day.whole, None).await?);
    if !lacking.is_empty() {
        return Err(JuryError::Lacking(lacking));
    }
    set_apart(tx, &mut opened).await?;
    let present = opened.day.here().iter().filter(|one| quorum::votes(one.seat)).count();
    let now = tx.instant();
    let line = step(tx, &mut opened.day.whole, Event::Open, |session| session.opened_at = Some(now)).await?;
    opened.record(tx, line, What::Opened { present }).await
}
