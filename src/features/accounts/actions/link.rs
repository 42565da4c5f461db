//! One-time links: asked on the sign-in page, or made when an account opens.

use entity::account::AccountState;
use entity::ids::AccountId;
use entity::sign_in_link::{self, LinkPurpose};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use time::Duration;

use super::load;
use crate::authz::{Facts, Permission, hash_token};
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, Link, What};

/// How long a link asked on the sign-in page works.
pub const LINK_LIFE: Duration = Duration::minutes(15);
/// How long the link of an invitation works.
pub(super) const INVITATION_LIFE: Duration = Duration::days(7);
/// Most links sent to one person within [`LINK_LIFE`]: nobody fills the mailbox of another.
const MOST_LINKS: u64 = 5;

/// Sends a link to the account of an address; `next` is the page wanted after, or empty. An earlier link stops
/// working. The caller answers the same thing whatever happens here.
///
/// # Errors
/// [`AccountError::NotFound`] without an active account, [`AccountError::TooManyAttempts`] after five links.
pub async fn request_link(tx: &mut Tx, folded: &str, next: &str) -> Result<(), AccountError> {
    let account = load::account_by_address(tx, folded).await?;
    let account =
        account.filter(|account| account.state == AccountState::Active).ok_or(AccountError::NotFound)?;
    let grant = tx.authorize(Permission::SignIn, &Facts::default())?;
    spare(tx, account.id, LinkPurpose::SignIn).await?;
    expire(tx, account.id, Some(LinkPurpose::SignIn)).await?;
    let link = make(tx, account.id, LinkPurpose::SignIn, LINK_LIFE, next).await?;
    let event = AccountEvent { account: account.id, what: What::LinkSent { link, asked_at: tx.now() } };
    tx.record(&grant, &event).await?;
    Ok(())
}

/// Refuses one more link to somebody who was just sent several.
pub(super) async fn spare(tx: &Tx, account: AccountId, purpose: LinkPurpose) -> Result<(), AccountError> {
    let recent = sign_in_link::Entity::find()
        .filter(sign_in_link::Column::AccountId.eq(account))
        .filter(sign_in_link::Column::Purpose.eq(purpose))
        .filter(sign_in_link::Column::CreatedAt.gt(entity::Instant::from(tx.now() - LINK_LIFE)))
        .count(tx.conn())
        .await?;
    if recent >= MOST_LINKS { Err(AccountError::TooManyAttempts(LINK_LIFE)) } else { Ok(()) }
}

/// Makes a link; only the hash of its token is kept.
pub(super) async fn make(
    tx: &Tx,
    account: AccountId,
    purpose: LinkPurpose,
    life: Duration,
    next: &str,
) -> Result<Link, AccountError> {
    let (token, expires_at) = (tx.app().new_token(), tx.now() + life);
    let row = sign_in_link::ActiveModel {
        id: Set(tx.new_id()),
        account_id: Set(account),
        token_hash: Set(hash_token(&token)),
        purpose: Set(purpose),
        created_at: Set(tx.instant()),
        expires_at: Set(expires_at.into()),
        used_at: Set(None),
    };
    sign_in_link::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    let next = if next.is_empty() { String::new() } else { format!("?suite={}", encoded(next)) };
    Ok(Link { url: tx.app().url(&format!("/connexion/lien/{token}{next}")), expires_at })
}

/// Ends the links of an account that were not used.
pub(super) async fn expire(
    tx: &Tx,
    account: AccountId,
    purpose: Option<LinkPurpose>,
) -> Result<(), AccountError> {
    let mut links = sign_in_link::Entity::update_many()
        .col_expr(sign_in_link::Column::ExpiresAt, Expr::value(tx.instant()))
        .filter(sign_in_link::Column::AccountId.eq(account))
        .filter(sign_in_link::Column::UsedAt.is_null())
        .filter(sign_in_link::Column::ExpiresAt.gt(tx.instant()));
    if let Some(purpose) = purpose {
        links = links.filter(sign_in_link::Column::Purpose.eq(purpose));
    }
    links.exec(tx.conn()).await?;
    Ok(())
}

fn encoded(path: &str) -> String {
    let safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
    path.bytes()
        .map(|byte| if safe(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
