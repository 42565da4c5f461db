//! What the links of offers lead to. Reading changes nothing.

use entity::ids::{MissionId, MissionOfferId};
use entity::mission::{self, MissionState};
use entity::mission_link;
use entity::mission_offer::{self, OfferState};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::authz::hash_token;
use crate::features::missions::MissionError;
use crate::features::missions::dossier::Dossier;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// The offer waits for an answer.
    Open(Box<Dossier>),
    /// The person of the link had accepted.
    Accepted,
    /// The person of the link had declined, or dropped out.
    Declined,
    /// The delay is over.
    Expired,
    /// Somebody else has the mission, or it was taken back.
    Gone,
    /// The mission does not take place.
    Cancelled,
    /// No such link.
    Unknown,
}

/// The mission of a link and how its offer stands. Reading changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn reply(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Reply, MissionError> {
    let Some((offer, mission)) = behind(conn, token).await? else { return Ok(Reply::Unknown) };
    let over = offer.due_at.is_none_or(|due| *due <= now);
    Ok(match offer.state {
        OfferState::Sent if over => Reply::Expired,
        OfferState::Sent => Reply::Open(Box::new(Dossier::around(conn, mission).await?)),
        _ if mission.state == MissionState::Cancelled => Reply::Cancelled,
        OfferState::Accepted => Reply::Accepted,
        OfferState::Declined | OfferState::DroppedOut => Reply::Declined,
        OfferState::Expired => Reply::Expired,
        OfferState::Withdrawn | OfferState::Waiting => Reply::Gone,
    })
}

/// The offer and the mission of a link.
async fn behind(
    conn: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<(mission_offer::Model, mission::Model)>, MissionError> {
    let link = mission_link::Entity::find()
        .filter(mission_link::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let Some(link) = link else { return Ok(None) };
    let offer = mission_offer::Entity::find_by_id(link.offer_id).one(conn).await?;
    let Some(offer) = offer else { return Ok(None) };
    let mission = mission::Entity::find_by_id(offer.mission_id).one(conn).await?;
    Ok(mission.map(|mission| (offer, mission)))
}

/// The mission and the offer that a link answers, for the act itself, which looks again once the mission is locked.
///
/// # Errors
/// [`MissionError::OfferOver`], what the database answers.
pub async fn answerable(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<(MissionId, MissionOfferId), MissionError> {
    let Some((offer, mission)) = behind(conn, token).await? else { return Err(MissionError::OfferOver) };
    let waits = offer.state == OfferState::Sent && offer.due_at.is_some_and(|due| *due > now);
    if waits { Ok((mission.id, offer.id)) } else { Err(MissionError::OfferOver) }
}
