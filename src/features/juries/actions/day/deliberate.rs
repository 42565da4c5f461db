//! Everybody was heard (S14).

use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::super::state::Event;
use super::super::super::{JuryError, What};
use super::super::step;
use super::apart::set_apart;
use super::opened;
use crate::authz::Permission;
use crate::db::Tx;

/// Begins the deliberation: everybody who came was heard, or is adjourned for want of a quorum; the others are absent.
///
/// # Errors
/// [`JuryError::Lacking`] with everything that lacks; the state, [`JuryError::Stale`], the refusal of the policy, what the
/// database answers.
pub async fn deliberate(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    opened.day.whole.check_version(seen)?;
    opened.day.whole.next(Event::Deliberate)?;
    set_apart(tx, &mut opened).await?;
    let lacking = opened.day.missing_to_deliberate();
    if !lacking.is_empty() {
        return Err(JuryError::Lacking(lacking));
    }
    let now = tx.instant();
    let line =
        step(tx, &mut opened.day.whole, Event::Deliberate, |session| session.heard_at = Some(now)).await?;
    opened.record(tx, line, What::Deliberating).await
}
