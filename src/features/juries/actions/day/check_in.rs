//! A member is in the room: their identity is checked, and they declare their impartiality for this session (J9).

use entity::ids::{JuryMemberId, JurySessionId};
use entity::jury_member;
use entity::jury_session::JuryState;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;

use super::super::super::JuryError;
use super::super::super::day::labels;
use super::super::super::load::Whole;
use super::apart::not_entitled;
use super::{Opened, opened};
use crate::authz::Permission;
use crate::db::Tx;

/// What whoever presides says of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// The person is there and their identity was checked.
    pub identity: bool,
    /// They signed the declaration on the screen.
    pub impartial: bool,
    /// They are at a distance.
    pub remote: bool,
}

/// Says whether a member is in the room. Once the session is open somebody may still come in, nobody goes out: whoever
/// leaves abstains.
///
/// # Errors
/// Too early, a state that does not allow it, no such member, somebody who may not sit, the refusal of the policy, what the database answers.
pub async fn check_in(
    tx: &mut Tx,
    id: JurySessionId,
    member: JuryMemberId,
    said: CheckIn,
) -> Result<(), JuryError> {
    let mut opened = opened(tx, id, Permission::JuryRun).await?;
    opened.day.whole.during(&[JuryState::Summoned, JuryState::Open])?;
    opened.day.whole.on_its_day(tx.now())?;
    let now = tx.instant();
    let is_open = opened.day.whole.session.state == JuryState::Open;
    let row = seat(&mut opened.day.whole, member)?;
    if is_open && row.identity_checked_at.is_some() && !(said.identity && said.impartial) {
        return Err(JuryError::fault("/identity", "stays", labels::faults::STAYS_HERE));
    }
    if is_open && said.identity && !said.impartial {
        return Err(JuryError::fault("/impartial", "missing", labels::faults::DECLARATION_WANTED));
    }
    row.identity_checked_at = said.identity.then(|| row.identity_checked_at.unwrap_or(now));
    row.impartial_at = said.impartial.then(|| row.impartial_at.unwrap_or(now));
    row.remote = said.remote;
    let row = row.clone();
    write(tx, &opened, row).await?;
    // Before the session is open, this is looked at when it opens.
    let refused = if is_open { not_entitled(tx, &opened.day.whole, Some(member)).await? } else { Vec::new() };
    if refused.is_empty() { Ok(()) } else { Err(JuryError::Lacking(refused)) }
}

/// A member declares their impartiality from their own account.
///
/// # Errors
/// The seat of somebody else, a state that does not allow it, the refusal of the policy, what the database answers.
pub async fn declare(tx: &mut Tx, id: JurySessionId, member: JuryMemberId) -> Result<(), JuryError> {
    let mut opened = opened(tx, id, Permission::JurySit).await?;
    opened.day.whole.during(&[JuryState::Confirmed, JuryState::Summoned, JuryState::Open])?;
    let now = tx.instant();
    let own = tx.actor().expert();
    let row = seat(&mut opened.day.whole, member)?;
    if Some(row.expert_id) != own {
        return Err(JuryError::NotFound);
    }
    row.impartial_at = Some(row.impartial_at.unwrap_or(now));
    let row = row.clone();
    write(tx, &opened, row).await
}

/// The seat of somebody who said that they come.
fn seat(whole: &mut Whole, id: JuryMemberId) -> Result<&mut jury_member::Model, JuryError> {
    let accepted = |row: &jury_member::Model| row.state == jury_member::MemberState::Accepted;
    let found = whole.members.iter_mut().map(|one| &mut one.row).find(|row| row.id == id && accepted(row));
    found.ok_or(JuryError::NotFound)
}

async fn write(tx: &mut Tx, opened: &Opened, row: jury_member::Model) -> Result<(), JuryError> {
    let facts = json!({
        "expert_id": row.expert_id,
        "seat": row.seat.word(),
        "identity": row.identity_checked_at.is_some(),
        "impartial": row.impartial_at.is_some(),
        "remote": row.remote,
    });
    let change = row.into_active_model().reset_all();
    jury_member::Entity::update(change).exec(tx.conn()).await?;
    opened.note(tx, ("jury.member_checked_in", "JUR_MEMBER_IN"), facts).await
}
