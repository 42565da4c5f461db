//! What the link of a message leads to.

use entity::enrolment;
use entity::enrolment_link::{self, LinkPurpose};
use entity::training_session;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::authz::hash_token;
use crate::features::catalogue::CatalogueError;

/// The links that the pages of the catalogue answer; others are for papers.
const PURPOSES: [LinkPurpose; 3] = [LinkPurpose::Confirm, LinkPurpose::Offer, LinkPurpose::Follow];

/// A link that works, and what it is about.
#[derive(Clone, Debug)]
pub struct Linked {
    /// What it may do.
    pub purpose: LinkPurpose,
    /// The enrolment.
    pub enrolment: enrolment::Model,
    /// Its session.
    pub session: training_session::Model,
}

impl Linked {
    /// What people call the enrolment.
    #[must_use]
    pub fn reference(&self) -> String {
        format!("{}-{}", self.session.number, self.enrolment.seq)
    }
}

/// What a token leads to; none when it is unknown, too old, or of somebody whose data were erased.
///
/// # Errors
/// What the database answers.
pub async fn by_token(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Option<Linked>, CatalogueError> {
    let link = enrolment_link::Entity::find()
        .filter(enrolment_link::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let Some(link) = link.filter(|link| PURPOSES.contains(&link.purpose) && *link.expires_at > now) else {
        return Ok(None);
    };
    let row = enrolment::Entity::find_by_id(link.enrolment_id).one(conn).await?;
    let Some(enrolment) = row.filter(|row| row.erased_at.is_none()) else { return Ok(None) };
    let session = training_session::Entity::find_by_id(enrolment.session_id).one(conn).await?;
    Ok(session.map(|session| Linked { purpose: link.purpose, enrolment, session }))
}
