//! Setting or changing one's password.

use entity::account;
use entity::ids::WebSessionId;
use sea_orm::ActiveModelTrait;
use sea_orm::ActiveValue::{Set, Unchanged};

use super::load::{self, oneself};
use super::{link, sessions};
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, What};

/// Keeps the hash of a new password, made before the transaction began. `verified` is the hash against which the
/// current password was checked, none when there was no password. Every other session ends, links already sent stop
/// working, and the current session gets the new token that is returned.
///
/// # Errors
/// [`AccountError::Stale`] when the password changed meanwhile.
pub async fn change_password(
    tx: &mut Tx,
    verified: Option<&str>,
    hash: String,
    session: WebSessionId,
) -> Result<String, AccountError> {
    let account = load::own_account(tx).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account.id))?;
    if account.password_hash.as_deref() != verified {
        return Err(AccountError::Stale);
    }
    let row = account::ActiveModel {
        id: Unchanged(account.id),
        password_hash: Set(Some(hash)),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    link::expire(tx, account.id, None).await?;
    sessions::end_all(tx, account.id, Some(session)).await?;
    let token = sessions::rotate(tx, session, false).await?;
    let what = What::PasswordChanged {
        first: verified.is_none(),
        at: tx.now(),
        link: tx.app().url("/compte/securite"),
    };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    Ok(token)
}
