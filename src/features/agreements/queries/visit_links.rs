//! What the links of visits lead to. Reading changes nothing.

use entity::agreement_request::{self, RequestState};
use entity::visit_link;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use time::OffsetDateTime;

use crate::authz::hash_token;
use crate::features::agreements::dossier::Dossier;
use crate::features::agreements::error::AgreementError;

/// What a link leads to.
#[derive(Clone, Debug)]
pub enum VisitReply {
    /// The visit waits for the answer of the person of the link.
    Open(Box<Dossier>),
    /// It was answered, given to somebody else, or the delay is over.
    Over,
    /// No such link.
    Unknown,
}

/// The file of a link and how its visit stands.
///
/// # Errors
/// What the database answers.
pub async fn visit_reply(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<VisitReply, AgreementError> {
    let link = visit_link::Entity::find()
        .filter(visit_link::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    let Some(link) = link else { return Ok(VisitReply::Unknown) };
    let request = agreement_request::Entity::find_by_id(link.request_id).one(conn).await?;
    let waits = request.filter(|request| {
        request.state == RequestState::VisitToSchedule
            && request.controller_id == Some(link.controller_id)
            && *link.expires_at >= now
    });
    match waits {
        Some(request) => Ok(VisitReply::Open(Box::new(Dossier::around(conn, request).await?))),
        None => Ok(VisitReply::Over),
    }
}
