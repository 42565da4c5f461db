//! Signing in: by the link of a mail, by password, or by the button of the demonstration.

use entity::account::{self, AccountState};
use entity::ids::{AccountId, WebSessionId};
use entity::{sign_in_link, web_session};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use time::Duration;

use super::load;
use crate::authz::{Facts, Permission, hash_token};
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, Means, What};

/// The browser that signs in.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Its family and system, for the list of devices.
    pub device: String,
    /// The session it had: it ends, so that a session never outlives a sign-in.
    pub previous: Option<WebSessionId>,
}

/// A session just opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The token, for the cookie; kept nowhere else.
    pub token: String,
    /// The account.
    pub account: account::Model,
    /// The session.
    pub session: WebSessionId,
}

/// Uses a link: it serves once.
///
/// # Errors
/// [`AccountError::LinkUnusable`] when it was used, replaced, is too old, or its account is closed.
pub async fn sign_in_by_link(tx: &mut Tx, token: &str, browser: Browser) -> Result<Opened, AccountError> {
    let link = sign_in_link::Entity::find().filter(sign_in_link::Column::TokenHash.eq(hash_token(token)));
    let link = link.lock_exclusive().one(tx.conn()).await?.ok_or(AccountError::LinkUnusable)?;
    if link.used_at.is_some() || *link.expires_at <= tx.now() {
        return Err(AccountError::LinkUnusable);
    }
    let account = load::account(tx, link.account_id).await?;
    if account.state != AccountState::Active {
        return Err(AccountError::LinkUnusable);
    }
    let used = sign_in_link::ActiveModel {
        id: Unchanged(link.id),
        used_at: Set(Some(tx.instant())),
        ..Default::default()
    };
    used.update(tx.conn()).await?;
    open(tx, account, Means::Link, browser).await
}

/// Signs in an account whose password was just verified against `verified`, before the transaction began.
///
/// # Errors
/// [`AccountError::WrongCredentials`] when the account was closed or its password changed meanwhile.
pub async fn sign_in_by_password(
    tx: &mut Tx,
    id: AccountId,
    verified: &str,
    browser: Browser,
) -> Result<Opened, AccountError> {
    let account = load::account(tx, id).await?;
    if account.state != AccountState::Active || account.password_hash.as_deref() != Some(verified) {
        return Err(AccountError::WrongCredentials);
    }
    open(tx, account, Means::Password, browser).await
}

/// Signs in one of the accounts of the demonstration, without any secret.
///
/// # Errors
/// [`AccountError::NotFound`] outside the demonstration, or without such an active account.
pub async fn sign_in_by_demonstration(
    tx: &mut Tx,
    folded: &str,
    browser: Browser,
) -> Result<Opened, AccountError> {
    if !tx.app().config.demo {
        return Err(AccountError::NotFound);
    }
    let account = load::account_by_address(tx, folded).await?;
    let account =
        account.filter(|account| account.state == AccountState::Active).ok_or(AccountError::NotFound)?;
    open(tx, account, Means::Demonstration, browser).await
}

async fn open(
    tx: &mut Tx,
    account: account::Model,
    means: Means,
    browser: Browser,
) -> Result<Opened, AccountError> {
    let grant = tx.authorize(Permission::SignIn, &Facts::default())?;
    if let Some(previous) = browser.previous {
        super::sessions::end(tx, &[previous]).await?;
    }
    let (token, session) = (tx.app().new_token(), tx.new_id::<WebSessionId>());
    let life = Duration::hours(tx.app().config.session_hours);
    let row = web_session::ActiveModel {
        id: Set(session),
        account_id: Set(account.id),
        token_hash: Set(hash_token(&token)),
        csrf: Set(tx.app().new_token()),
        second_factor: Set(means == Means::Demonstration),
        agent: Set(browser.device),
        created_at: Set(tx.instant()),
        last_seen_at: Set(tx.instant()),
        expires_at: Set((tx.now() + life).into()),
        revoked_at: Set(None),
    };
    web_session::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    account::Entity::update_many()
        .col_expr(account::Column::LastSignInAt, Expr::value(tx.instant()))
        .filter(account::Column::Id.eq(account.id))
        .exec(tx.conn())
        .await?;
    let event = AccountEvent { account: account.id, what: What::SignedIn { means, session } };
    tx.record(&grant, &event).await?;
    Ok(Opened { token, account, session })
}
