//! Moves a meeting to another day, hour or place.

use entity::ids::MeetingId;
use entity::meeting_guest::{self, GuestAnswer};
use entity::{expert, meeting};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::super::events::{Addressed, What, With};
use super::super::input::TypedPlace;
use super::super::state::{self, Step};
use super::super::{MeetingError, queries};
use super::{Opened, open, reason};
use crate::authz::Permission;
use crate::db::Tx;

/// Moves a meeting. Those already invited are told and answer again; the others entitled on the new day are invited;
/// those who no longer are find it removed from their calendar.
///
/// # Errors
/// Every fault, [`MeetingError::Stale`], [`MeetingError::Nobody`], the state, the refusal of the policy, what the
/// database answers.
pub async fn reschedule(
    tx: &mut Tx,
    id: MeetingId,
    seen: Option<i32>,
    typed: &TypedPlace,
    why: &str,
) -> Result<meeting::Model, MeetingError> {
    let mut opened = open(tx, id, seen, Permission::MeetingManage).await?;
    let line = state::TABLE.next(opened.meeting.state, Step::Move)?;
    let place = typed.read_coming(tx.now(), tx.app().today());
    let (place, reason) = match (place, reason(why)) {
        (Ok(place), Ok(reason)) => (place, reason),
        (Err(mut faults), Err(MeetingError::Invalid(others))) => {
            faults.extend(others);
            return Err(faults.into());
        }
        (Err(faults), _) => return Err(faults.into()),
        (_, Err(error)) => return Err(error),
    };
    let before = *opened.meeting.starts_at;
    let row = &mut opened.meeting;
    row.meets_on = place.day;
    row.starts_at = place.starts_at.into();
    row.zone = place.zone;
    row.mode = place.mode;
    row.place = place.place;
    row.lasts_minutes = place.lasts;
    let (kept, added, removed) = if opened.guests.is_empty() {
        (Vec::new(), Vec::new(), Vec::new())
    } else {
        opened.meeting.sequence += 1;
        invite_again(tx, &mut opened).await?
    };
    opened.save(tx).await?;
    let with = With::Moved { before, reason, kept, added, removed };
    opened.record(tx, What::Stepped { line, with }).await
}

type Lists = (Vec<Addressed>, Vec<Addressed>, Vec<Addressed>);

async fn invite_again(tx: &Tx, opened: &mut Opened) -> Result<Lists, MeetingError> {
    let entitled = queries::entitled(tx.conn(), opened.meeting.kind, opened.meeting.meets_on).await?;
    if entitled.is_empty() {
        return Err(MeetingError::Nobody);
    }
    let known = opened.addressed(tx).await?;
    let still = |id| entitled.iter().any(|one: &expert::Model| one.id == id);
    let (mut kept, removed): (Vec<_>, Vec<_>) = known.into_iter().partition(|one| still(one.id));
    for guest in &mut opened.guests {
        if still(guest.expert_id) {
            (guest.answer, guest.answered_at) = (GuestAnswer::None, None);
            let row = guest.clone().into_active_model().reset_all();
            meeting_guest::Entity::update(row).exec(tx.conn()).await?;
        }
    }
    meeting_guest::Entity::delete_many()
        .filter(meeting_guest::Column::MeetingId.eq(opened.meeting.id))
        .filter(meeting_guest::Column::ExpertId.is_in(removed.iter().map(|one| one.id)))
        .exec(tx.conn())
        .await?;
    let new: Vec<expert::Model> = entitled
        .into_iter()
        .filter(|one| opened.guests.iter().all(|guest| guest.expert_id != one.id))
        .collect();
    opened.add_guests(tx, &new).await?;
    let mut added: Vec<Addressed> = new.iter().map(Addressed::from).collect();
    opened.make_links(tx, &mut kept).await?;
    opened.make_links(tx, &mut added).await?;
    Ok((kept, added, removed))
}
