//! Cancels a meeting.

use entity::ids::MeetingId;
use entity::meeting;

use super::super::MeetingError;
use super::super::events::{What, With};
use super::super::state::{self, Step};
use super::{open, reason};
use crate::authz::Permission;
use crate::db::Tx;

/// Cancels a meeting; those invited are told, and their calendars forget it.
///
/// # Errors
/// No reason, [`MeetingError::Stale`], the state, the refusal of the policy, what the database answers.
pub async fn cancel(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    why: &str,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    let line = state::TABLE.next(opened.meeting.state, Step::Cancel)?;
    let reason = reason(why)?;
    opened.meeting.state = line.to;
    opened.meeting.sequence += 1;
    opened.save(tx).await?;
    let guests = opened.addressed(tx).await?;
    opened.record(tx, What::Stepped { line, with: With::Cancelled { reason, guests } }).await
}
