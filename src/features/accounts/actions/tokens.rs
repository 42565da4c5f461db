//! Tokens of the API.

use entity::api_token;
use entity::ids::{AccountId, ApiTokenId};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, EntityTrait, QuerySelect};

use super::load::{self, oneself};
use crate::authz::{Permission, Who, hash_token};
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, What};
use crate::features::accounts::input::NewToken;

/// What every token starts with, so that a leaked one is recognised.
const PREFIX: &str = "parchemin_";

/// Makes a token for an account: one's own, or any from the command line. The text returned is shown once and kept
/// nowhere.
///
/// # Errors
/// [`AccountError::NotFound`], or the refusal of the policy.
pub async fn create_token(
    tx: &mut Tx,
    account: AccountId,
    input: NewToken,
) -> Result<(api_token::Model, String), AccountError> {
    let account = load::account(tx, account).await?;
    let permission = if matches!(tx.actor().who, Who::System(_)) {
        Permission::AccountManage
    } else {
        Permission::AccountSelf
    };
    let grant = tx.authorize(permission, &oneself(account.id))?;
    let text = format!("{PREFIX}{}", tx.app().new_token());
    let row = api_token::ActiveModel {
        id: Set(tx.new_id()),
        account_id: Set(account.id),
        name: Set(input.name),
        token_hash: Set(hash_token(&text)),
        created_at: Set(tx.instant()),
        expires_at: Set((tx.now() + input.ttl).into()),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    let token = api_token::Entity::insert(row).exec_with_returning(tx.conn()).await?;
    let what =
        What::TokenCreated { token: token.id, name: token.name.clone(), expires_at: *token.expires_at };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    Ok((token, text))
}

/// Revokes a token of one's own, at once and for ever.
///
/// # Errors
/// [`AccountError::NotFound`] when there is no such token, it is already revoked, or it is somebody else's.
pub async fn revoke_token(tx: &mut Tx, id: ApiTokenId) -> Result<(), AccountError> {
    let found = api_token::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    let token = found.filter(|token| token.revoked_at.is_none()).ok_or(AccountError::NotFound)?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(token.account_id))?;
    let row = api_token::ActiveModel {
        id: Unchanged(id),
        revoked_at: Set(Some(tx.instant())),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    tx.record(&grant, &AccountEvent { account: token.account_id, what: What::TokenRevoked { token: id } })
        .await?;
    Ok(())
}
