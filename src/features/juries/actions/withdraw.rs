//! A structure takes back the jury that it asked for, as long as it has no date.

use entity::ids::JurySessionId;
use entity::jury_session;

use super::super::input;
use super::super::state::Event;
use super::super::{JuryError, What};
use super::{expect_nobody, open, step};
use crate::authz::Permission;
use crate::db::Tx;

/// Withdraws a request: its candidates may be named in another, the team reads why.
///
/// # Errors
/// No reason, the state, [`JuryError::Stale`], the refusal of the policy, what the database answers.
pub async fn withdraw(
    tx: &mut Tx,
    id: JurySessionId,
    seen: Option<i32>,
    why: &str,
) -> Result<jury_session::Model, JuryError> {
    let mut opened = open(tx, id, seen, Permission::JuryWithdraw).await?;
    opened.whole.next(Event::Withdraw)?;
    let reason = input::reason(why)?;
    expect_nobody(tx, &mut opened.whole).await?;
    let kept = reason.clone();
    let line = step(tx, &mut opened.whole, Event::Withdraw, |session| session.reason = Some(kept)).await?;
    opened.record(tx, line, What::Withdrawn { reason: &reason }).await
}
