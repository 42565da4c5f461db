//! The person confirms the address by the link: the request gets its number and waits for the team.

use entity::access_request;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::super::AccessError;
use super::super::events::What;
use super::super::state::{self, Step};
use super::settle;
use crate::authz::{Facts, Permission, hash_token};
use crate::db::{Tx, next_number};

/// Confirms the request of a link, once.
///
/// # Errors
/// [`AccessError::LinkOver`] when the link is unknown, was used or is too old; the refusal of the policy, what the
/// database answers.
pub async fn confirm(tx: &mut Tx, token: &str) -> Result<access_request::Model, AccessError> {
    let found = access_request::Entity::find()
        .filter(access_request::Column::TokenHash.eq(hash_token(token)))
        .lock_exclusive()
        .one(tx.conn())
        .await?;
    let mut request = found.ok_or(AccessError::LinkOver)?;
    let grant = tx.authorize(Permission::AccessAsk, &Facts::default())?;
    let line = state::TABLE.next(request.state, Step::Confirm).map_err(|_| AccessError::LinkOver)?;
    if *request.link_until <= tx.now() {
        return Err(AccessError::LinkOver);
    }
    request.number = Some(next_number(tx, "ACC", tx.now().year()).await?);
    request.confirmed_at = Some(tx.instant());
    settle(tx, &grant, request, line, What::Confirmed(line)).await
}
