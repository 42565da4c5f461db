//! What the public does, one per file: asks for a seat, asks for another link, says how to be reached. The rest is in
//! `enrolments`.

mod ask;
mod change_contact;
mod send_link;

pub use ask::ask;
pub use change_contact::change_contact;
pub use send_link::send_link;

use entity::enrolment;
use entity::enrolment_link::{self, LinkPurpose};
use sea_orm::{ActiveValue::Set, EntityTrait};
use time::{Duration, OffsetDateTime};

use super::CatalogueError;
use crate::authz::hash_token;
use crate::db::Tx;

/// How long a link works that has no other end.
const FOLLOW: Duration = Duration::days(400);

/// Makes a link that acts without an account; only the hash of its token is kept.
async fn make_link(
    tx: &Tx,
    enrolment: &enrolment::Model,
    purpose: LinkPurpose,
    expires_at: Option<OffsetDateTime>,
) -> Result<String, CatalogueError> {
    let token = tx.app().new_token();
    let row = enrolment_link::ActiveModel {
        id: Set(tx.new_id()),
        enrolment_id: Set(enrolment.id),
        purpose: Set(purpose),
        token_hash: Set(hash_token(&token)),
        created_at: Set(tx.instant()),
        expires_at: Set(expires_at.unwrap_or_else(|| tx.now() + FOLLOW).into()),
        used_at: Set(None),
    };
    enrolment_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(tx.app().url(&format!("/inscriptions/{token}")))
}
