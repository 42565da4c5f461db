//! The changes of a request for access, one per file. Its row is locked first.

mod accept;
mod ask;
mod confirm;
mod refuse;

pub use accept::accept;
pub use ask::{LINK_LIFE, ask};
pub use confirm::confirm;
pub use refuse::refuse;

use entity::access_request;
use entity::ids::AccessRequestId;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QuerySelect};

use super::AccessError;
use super::events::{AccessEvent, What};
use super::queries;
use super::state::Transition;
use crate::authz::{Grant, Permission};
use crate::db::Tx;

/// A request that waits for the team, locked, and the right to answer it.
async fn open(
    tx: &Tx,
    id: AccessRequestId,
    seen: Option<i32>,
) -> Result<(access_request::Model, Grant), AccessError> {
    let found = access_request::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let request = found.filter(queries::is_shown).ok_or(AccessError::NotFound)?;
    let grant = tx.authorize(Permission::AccessSettle, &queries::facts(&request))?;
    if seen.is_some_and(|seen| seen != request.version) {
        return Err(AccessError::Stale);
    }
    Ok((request, grant))
}

/// Writes the request in its new state, its version grown, and records what happened.
async fn settle(
    tx: &mut Tx,
    grant: &Grant,
    mut request: access_request::Model,
    line: &'static Transition,
    what: What,
) -> Result<access_request::Model, AccessError> {
    request.state = line.to;
    request.version += 1;
    let row = request.clone().into_active_model().reset_all();
    access_request::Entity::update(row).exec(tx.conn()).await?;
    let event = AccessEvent { request, what };
    tx.record(grant, &event).await?;
    Ok(event.request)
}
