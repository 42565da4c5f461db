//! What the links of invitations lead to. Reading changes nothing.

use entity::meeting::{self, MeetingState};
use entity::meeting_guest::{self, GuestAnswer};
use entity::{expert, meeting_link};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::authz::hash_token;
use crate::db;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// The invitation waits for the answer of the person of the link.
    Open(Box<(meeting::Model, expert::Model)>),
    /// It was answered.
    Answered(GuestAnswer),
    /// The meeting has begun, or does not take place; the person is no longer invited.
    Over,
    /// No such link.
    Unknown,
}

/// The meeting of a link and how its invitation stands.
///
/// # Errors
/// What the database answers.
pub async fn invitation_of(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Invitation, db::Error> {
    let link = meeting_link::Entity::find()
        .filter(meeting_link::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let Some(link) = link else { return Ok(Invitation::Unknown) };
    let meeting = meeting::Entity::find_by_id(link.meeting_id).one(conn).await?;
    let person = expert::Entity::find_by_id(link.expert_id).one(conn).await?;
    let guest = meeting_guest::Entity::find()
        .filter(meeting_guest::Column::MeetingId.eq(link.meeting_id))
        .filter(meeting_guest::Column::ExpertId.eq(link.expert_id))
        .one(conn)
        .await?;
    let (Some(meeting), Some(person), Some(guest)) = (meeting, person, guest) else {
        return Ok(Invitation::Over);
    };
    let over = meeting.state != MeetingState::Invited || *meeting.starts_at <= now || *link.expires_at <= now;
    Ok(match guest.answer {
        _ if over => Invitation::Over,
        GuestAnswer::None => Invitation::Open(Box::new((meeting, person))),
        answered => Invitation::Answered(answered),
    })
}
