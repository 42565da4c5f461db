//! Sends the invitations.

use entity::ids::MeetingId;
use entity::meeting;

use super::super::events::{Addressed, What, With};
use super::super::state::{self, Step};
use super::super::{MeetingError, queries};
use super::open;
use crate::authz::Permission;
use crate::db::Tx;

/// Invites everyone whose habilitation is valid on the day, each in their own zone. Answers how many.
///
/// # Errors
/// [`MeetingError::Nobody`], [`MeetingError::WrongTime`] for a meeting of the past, [`MeetingError::Stale`], the state,
/// the refusal of the policy, what the database answers.
pub async fn invite(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
) -> Result<(meeting::Model, usize), MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    let line = state::TABLE.next(opened.meeting.state, Step::Invite)?;
    if *opened.meeting.starts_at <= tx.now() {
        return Err(MeetingError::WrongTime { early: false });
    }
    let people = queries::entitled(tx.conn(), opened.meeting.kind, opened.meeting.meets_on).await?;
    if people.is_empty() {
        return Err(MeetingError::Nobody);
    }
    opened.add_guests(tx, &people).await?;
    opened.meeting.state = line.to;
    opened.save(tx).await?;
    let mut guests: Vec<Addressed> = people.iter().map(Addressed::from).collect();
    opened.make_links(tx, &mut guests).await?;
    let count = guests.len();
    let what = What::Stepped { line, with: With::Invited(guests) };
    Ok((opened.record(tx, what).await?, count))
}
