//! Records who was there.

use std::collections::HashSet;

use entity::ids::{ExpertId, MeetingId};
use entity::{meeting, meeting_guest};
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};

use super::super::events::{What, With};
use super::super::state::{self, Step, Transition};
use super::super::{MeetingError, queries};
use super::{Opened, open};
use crate::authz::Permission;
use crate::db::Tx;

/// Records who was there once the meeting has begun, or corrects it until the minutes are published. A meeting without
/// invitations, recorded afterwards, takes as guests those who were entitled on its day.
///
/// # Errors
/// Someone who was not invited, [`MeetingError::WrongTime`], [`MeetingError::Nobody`], [`MeetingError::Stale`], the
/// state, the refusal of the policy, what the database answers.
pub async fn hold(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    present: &[ExpertId],
) -> Result<meeting::Model, MeetingError> {
    let (mut opened, line) = begun(tx, id, seen).await?;
    let present: HashSet<ExpertId> = present.iter().copied().collect();
    if present.iter().any(|one| opened.guests.iter().all(|guest| guest.expert_id != *one)) {
        let message =
            "Cette personne n’était pas invitée\u{202f}: son habilitation n’était pas valide ce jour-là";
        return Err(MeetingError::fault("/present", "not-invited", message));
    }
    for guest in &mut opened.guests {
        guest.present = Some(present.contains(&guest.expert_id));
        let row = guest.clone().into_active_model().reset_all();
        meeting_guest::Entity::update(row).exec(tx.conn()).await?;
    }
    let mut present: Vec<ExpertId> = present.into_iter().collect();
    present.sort_unstable();
    held(tx, opened, line, present).await
}

/// Takes as guests of a meeting recorded afterwards those who were entitled on its day. Who was there is not known yet:
/// nobody is told absent.
///
/// # Errors
/// [`MeetingError::WrongTime`], [`MeetingError::Nobody`], [`MeetingError::Stale`], the state, the refusal of the policy,
/// what the database answers.
pub async fn take_entitled(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
) -> Result<meeting::Model, MeetingError> {
    let (opened, line) = begun(tx, id, seen).await?;
    held(tx, opened, line, Vec::new()).await
}

/// A meeting that has begun, with its guests: those who were entitled on its day when nobody was invited.
async fn begun(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
) -> Result<(Opened, &'static Transition), MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    let line = state::TABLE.next(opened.meeting.state, Step::Hold)?;
    if tx.now() < *opened.meeting.starts_at {
        return Err(MeetingError::WrongTime { early: true });
    }
    if opened.guests.is_empty() {
        let people = queries::entitled(tx.conn(), opened.meeting.kind, opened.meeting.meets_on).await?;
        if people.is_empty() {
            return Err(MeetingError::Nobody);
        }
        opened.add_guests(tx, &people).await?;
    }
    Ok((opened, line))
}

async fn held(
    tx: &mut Tx,
    mut opened: Opened,
    line: &'static Transition,
    present: Vec<ExpertId>,
) -> Result<meeting::Model, MeetingError> {
    opened.meeting.state = line.to;
    opened.save(tx).await?;
    let with = With::Held { invited: opened.guests.len(), present };
    opened.record(tx, What::Stepped { line, with }).await
}
