//! Changes the agenda of a meeting.

use entity::ids::MeetingId;
use entity::meeting;

use super::super::MeetingError;
use super::super::events::What;
use super::super::input::{AGENDA_WANTED, BlockError, block};
use super::super::state::{InvalidStep, Step, is_coming};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;
use crate::error::Faults;

/// Changes the agenda of a meeting to come; guests read it on its page.
///
/// # Errors
/// Every fault, [`MeetingError::Stale`], a meeting that is over, the refusal of the policy, what the database answers.
pub async fn edit(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    agenda: &str,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    if !is_coming(opened.meeting.state) {
        return Err(InvalidStep { from: opened.meeting.state, step: Step::Move }.into());
    }
    let mut faults = Faults::default();
    let agenda = faults.read("/agenda", block(agenda, AGENDA_WANTED), BlockError::code);
    opened.meeting.agenda = faults.or(agenda)?;
    opened.save(tx).await?;
    opened.record(tx, What::Edited).await
}
