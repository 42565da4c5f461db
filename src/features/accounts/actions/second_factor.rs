//! The second factor: giving it, switching it on, replacing its recovery codes, removing it.

use entity::ids::{AccountId, WebSessionId};
use entity::{account, recovery_code};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};

use super::load::{self, oneself};
use super::sessions;
use crate::authz::Permission;
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, SecondFactor, What};
use crate::features::accounts::second_factor::{self, Draft};

/// What the person gave.
#[derive(Clone, Debug)]
pub enum Given {
    /// A code of the application.
    Totp(String),
    /// A recovery code.
    RecoveryCode(String),
}

/// Completes a session with the second factor and returns its new token.
///
/// # Errors
/// [`AccountError::WrongCode`] when the code is wrong or was used.
pub async fn give_second_factor(
    tx: &mut Tx,
    session: WebSessionId,
    given: &Given,
) -> Result<String, AccountError> {
    let account = load::own_account(tx).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account.id))?;
    let factor = accept(tx, &account, given).await?;
    let token = sessions::rotate(tx, session, true).await?;
    tx.record(
        &grant,
        &AccountEvent { account: account.id, what: What::SecondFactorGiven { factor, session } },
    )
    .await?;
    Ok(token)
}

/// Switches the second factor on with a first right code. Returns the recovery codes, to show once, and the new token
/// of the session.
///
/// # Errors
/// [`AccountError::SecondFactorOn`], [`AccountError::WrongCode`].
pub async fn enable_second_factor(
    tx: &mut Tx,
    session: WebSessionId,
    draft: &Draft,
    code: &str,
) -> Result<(Vec<String>, String), AccountError> {
    let account = load::own_account(tx).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account.id))?;
    if account.totp_confirmed_at.is_some() {
        return Err(AccountError::SecondFactorOn);
    }
    let step = draft.step_of(code, tx.now()).ok_or(AccountError::WrongCode)?;
    let row = account::ActiveModel {
        id: Unchanged(account.id),
        totp_secret: Set(Some(draft.for_account(tx.app(), account.id)?)),
        totp_confirmed_at: Set(Some(tx.instant())),
        totp_last_step: Set(Some(step)),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    let codes = replace_recovery_codes(tx, account.id).await?;
    let token = sessions::rotate(tx, session, true).await?;
    let what = What::SecondFactorEnabled { at: tx.now(), link: tx.app().url("/compte/securite") };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    Ok((codes, token))
}

/// Makes new recovery codes, to show once; the old ones stop working.
///
/// # Errors
/// [`AccountError::SecondFactorOff`].
pub async fn renew_recovery_codes(tx: &mut Tx) -> Result<Vec<String>, AccountError> {
    let account = load::own_account(tx).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account.id))?;
    if account.totp_confirmed_at.is_none() {
        return Err(AccountError::SecondFactorOff);
    }
    let codes = replace_recovery_codes(tx, account.id).await?;
    tx.record(&grant, &AccountEvent { account: account.id, what: What::RecoveryCodesMade }).await?;
    Ok(codes)
}

/// Removes one's own second factor, with a code. Every other session ends.
///
/// # Errors
/// [`AccountError::SecondFactorRequired`] with a role that demands it, [`AccountError::WrongCode`].
pub async fn disable_second_factor(
    tx: &mut Tx,
    session: WebSessionId,
    given: &Given,
) -> Result<(), AccountError> {
    let account = load::own_account(tx).await?;
    let grant = tx.authorize(Permission::AccountSelf, &oneself(account.id))?;
    if account.totp_confirmed_at.is_none() {
        return Err(AccountError::SecondFactorOff);
    }
    let required = &tx.app().config.second_factor_roles;
    if tx.actor().held.iter().any(|held| required.contains(&held.role.word())) {
        return Err(AccountError::SecondFactorRequired);
    }
    accept(tx, &account, given).await?;
    clear(tx, account.id).await?;
    sessions::end_all(tx, account.id, Some(session)).await?;
    sessions::forget_second_factor(tx, session).await?;
    let what =
        What::SecondFactorDisabled { reset: false, at: tx.now(), link: tx.app().url("/compte/securite") };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    Ok(())
}

/// Accepts a code once.
async fn accept(tx: &Tx, account: &account::Model, given: &Given) -> Result<SecondFactor, AccountError> {
    match given {
        Given::Totp(code) => {
            let step =
                second_factor::check(tx.app(), account, code, tx.now())?.ok_or(AccountError::WrongCode)?;
            let row = account::ActiveModel {
                id: Unchanged(account.id),
                totp_last_step: Set(Some(step)),
                ..Default::default()
            };
            row.update(tx.conn()).await?;
            Ok(SecondFactor::Totp)
        }
        Given::RecoveryCode(code) => {
            let hash = second_factor::recovery_hash(tx.app(), account.id, code)?;
            let used = recovery_code::Entity::update_many()
                .col_expr(recovery_code::Column::UsedAt, Expr::value(tx.instant()))
                .filter(recovery_code::Column::AccountId.eq(account.id))
                .filter(recovery_code::Column::CodeHash.eq(hash))
                .filter(recovery_code::Column::UsedAt.is_null())
                .exec(tx.conn())
                .await?;
            if used.rows_affected == 1 {
                Ok(SecondFactor::RecoveryCode)
            } else {
                Err(AccountError::WrongCode)
            }
        }
    }
}

/// Forgets the key and the recovery codes of an account.
pub(super) async fn clear(tx: &Tx, account: AccountId) -> Result<(), AccountError> {
    let row = account::ActiveModel {
        id: Unchanged(account),
        totp_secret: Set(None),
        totp_confirmed_at: Set(None),
        totp_last_step: Set(None),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    forget_recovery_codes(tx, account).await
}

async fn forget_recovery_codes(tx: &Tx, account: AccountId) -> Result<(), AccountError> {
    let codes = recovery_code::Entity::delete_many().filter(recovery_code::Column::AccountId.eq(account));
    codes.exec(tx.conn()).await?;
    Ok(())
}

async fn replace_recovery_codes(tx: &Tx, account: AccountId) -> Result<Vec<String>, AccountError> {
    forget_recovery_codes(tx, account).await?;
    let codes = second_factor::new_recovery_codes(tx.app());
    let mut rows = Vec::with_capacity(codes.len());
    for code in &codes {
        rows.push(recovery_code::ActiveModel {
            id: Set(tx.new_id()),
            account_id: Set(account),
            code_hash: Set(second_factor::recovery_hash(tx.app(), account, code)?),
            used_at: Set(None),
        });
    }
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx.conn()).await?;
    Ok(codes)
}
