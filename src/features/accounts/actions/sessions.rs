//! Sessions: their end, from here or from elsewhere, and their new token when rights grow.

use entity::ids::{AccountId, WebSessionId};
use entity::web_session::{self, Column};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::load::oneself;
use crate::authz::{Facts, Permission, hash_token};
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, What};

/// Ends the session of the browser that asks. Works for anybody signed in, even without the second factor.
///
/// # Errors
/// [`AccountError::NotFound`] when the session is already over.
pub async fn sign_out(tx: &mut Tx, session: WebSessionId) -> Result<(), AccountError> {
    let found = live(tx, session).await?;
    let grant = tx.authorize(Permission::SignIn, &Facts::default())?;
    end(tx, &[session]).await?;
    tx.record(&grant, &AccountEvent { account: found.account_id, what: What::SignedOut { session } }).await?;
    Ok(())
}

/// Ends another session of one's own.
///
/// # Errors
/// [`AccountError::NotFound`] when there is no such session, or it is somebody else's.
pub async fn revoke_session(tx: &mut Tx, session: WebSessionId) -> Result<(), AccountError> {
    let found = live(tx, session).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(found.account_id))?;
    end(tx, &[session]).await?;
    let what = What::SessionsRevoked { sessions: vec![session] };
    tx.record(&grant, &AccountEvent { account: found.account_id, what }).await?;
    Ok(())
}

/// Ends every session of one's own but the current one.
///
/// # Errors
/// What the database answers.
pub async fn revoke_other_sessions(tx: &mut Tx, current: WebSessionId) -> Result<(), AccountError> {
    let account = tx.actor().account_id().ok_or(AccountError::NotFound)?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account))?;
    let sessions = end_all(tx, account, Some(current)).await?;
    tx.record(&grant, &AccountEvent { account, what: What::SessionsRevoked { sessions } }).await?;
    Ok(())
}

async fn live(tx: &Tx, session: WebSessionId) -> Result<web_session::Model, AccountError> {
    let found = web_session::Entity::find_by_id(session).filter(Column::RevokedAt.is_null());
    found.lock_exclusive().one(tx.conn()).await?.ok_or(AccountError::NotFound)
}

/// Ends sessions; a token of theirs found later opens nothing.
pub(super) async fn end(tx: &Tx, sessions: &[WebSessionId]) -> Result<(), AccountError> {
    web_session::Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(tx.instant()))
        .filter(Column::Id.is_in(sessions.to_vec()))
        .filter(Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Ends every session of an account but one, and says which.
pub(super) async fn end_all(
    tx: &Tx,
    account: AccountId,
    but: Option<WebSessionId>,
) -> Result<Vec<WebSessionId>, AccountError> {
    let mut sessions = web_session::Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.instant()));
    if let Some(but) = but {
        sessions = sessions.filter(Column::Id.ne(but));
    }
    let sessions: Vec<WebSessionId> =
        sessions.all(tx.conn()).await?.into_iter().map(|session| session.id).collect();
    end(tx, &sessions).await?;
    Ok(sessions)
}

/// Gives a session a new token and a new anti-forgery token: what was stolen before opens nothing after.
/// `gives_second_factor` completes it for good; otherwise it stays as complete as it was.
pub(super) async fn rotate(
    tx: &Tx,
    session: WebSessionId,
    gives_second_factor: bool,
) -> Result<String, AccountError> {
    let found = live(tx, session).await?;
    let token = tx.app().new_token();
    let row = web_session::ActiveModel {
        id: Unchanged(found.id),
        token_hash: Set(hash_token(&token)),
        csrf: Set(tx.app().new_token()),
        second_factor: Set(found.second_factor || gives_second_factor),
        last_seen_at: Set(tx.instant()),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    Ok(token)
}

/// Makes a session incomplete again, once the second factor it gave is removed.
pub(super) async fn forget_second_factor(tx: &Tx, session: WebSessionId) -> Result<(), AccountError> {
    let row =
        web_session::ActiveModel { id: Unchanged(session), second_factor: Set(false), ..Default::default() };
    row.update(tx.conn()).await?;
    Ok(())
}
