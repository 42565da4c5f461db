//! The certifier does not organise the jury that is asked for (S2).

use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::input;
use super::super::state::Event;
use super::super::{JuryError, What};
use super::{expect_nobody, open, step};
use crate::authz::Permission;
use crate::db::Tx;

/// Rejects a request; the structure reads why.
///
/// # Errors
/// No reason, the state, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn reject(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    why: &str,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryManage).await?;
    opened.whole.next(Event::Reject)?;
    let reason = input::reason(why)?;
    expect_nobody(tx, &mut opened.whole).await?;
    let kept = reason.clone();
    let line = step(tx, &mut opened.whole, Event::Reject, |session| session.reason = Some(kept)).await?;
    opened.record(tx, line, What::Rejected { reason: &reason }).await
}
