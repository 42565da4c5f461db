//! What an administrator changes of an account: its name, its state, its roles, its second factor.

use entity::account::{self, AccountState};
use entity::account_role;
use entity::api_token;
use entity::ids::AccountId;
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter};

use super::load::{self, oneself};
use super::{link, roles, second_factor, sessions};
use crate::authz::{Grant, Permission};
use crate::db::Tx;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, What};
use crate::features::accounts::input::{AccountChange, RoleInput};

/// Changes an account. A closed account loses its sessions, its links and its tokens at once.
///
/// # Errors
/// [`AccountError::Stale`], [`AccountError::Invalid`], [`AccountError::LastAdministrator`],
/// [`AccountError::LastStructureAdministrator`].
pub async fn update_account(
    tx: &mut Tx,
    id: AccountId,
    version: i32,
    change: AccountChange,
) -> Result<account::Model, AccountError> {
    let account = load::account(tx, id).await?;
    let grant = tx.authorize(Permission::AccountManage, &oneself(id))?;
    if account.version != version {
        return Err(AccountError::Stale);
    }
    let faults =
        roles::unknown_references(tx, change.roles.as_deref().unwrap_or_default(), change.expert).await?;
    if !faults.is_empty() {
        return Err(AccountError::Invalid(faults));
    }
    let mut row =
        account::ActiveModel { id: Unchanged(id), version: Set(account.version + 1), ..Default::default() };
    if let Some(name) = &change.name {
        row.name = Set(name.as_str().to_owned());
    }
    if let Some(expert) = change.expert {
        row.expert_id = Set(Some(expert));
    }
    let updated = row.update(tx.conn()).await?;
    if updated.name != account.name {
        let what = What::Renamed { before: account.name.clone(), after: updated.name.clone() };
        tx.record(&grant, &AccountEvent { account: id, what }).await?;
    }
    if let Some(wanted) = change.roles {
        replace_roles(tx, &grant, id, wanted).await?;
    }
    if let Some(state) = change.state {
        set_state(tx, &grant, updated, state).await
    } else {
        let changes = serde_json::json!({ "expert_id": change.expert });
        tx.record(&grant, &AccountEvent { account: id, what: What::ProfileChanged { changes } }).await?;
        Ok(updated)
    }
}

async fn replace_roles(
    tx: &mut Tx,
    grant: &Grant,
    id: AccountId,
    wanted: Vec<RoleInput>,
) -> Result<(), AccountError> {
    let held = load::roles(tx, id).await?;
    let is = |role: &RoleInput, row: &account_role::Model| role.same_as(row.role, row.structure_id);
    for row in held.iter().filter(|row| !wanted.iter().any(|role| is(role, row))) {
        roles::take(tx, grant, row).await?;
    }
    for role in wanted {
        match held.iter().find(|row| is(&role, row)) {
            None => roles::give(tx, grant, id, role).await?,
            Some(row) if RoleInput::from(row) != role => roles::rescope(tx, grant, row, role).await?,
            Some(_) => {}
        }
    }
    Ok(())
}

/// Opens again or closes an account.
pub(super) async fn set_state(
    tx: &mut Tx,
    grant: &Grant,
    account: account::Model,
    state: AccountState,
) -> Result<account::Model, AccountError> {
    let before = account.state;
    if state == AccountState::Disabled && before == AccountState::Active {
        for role in load::roles(tx, account.id).await? {
            roles::keep_administrators(tx, &role).await?;
        }
        close_everything(tx, account.id).await?;
    }
    let row = account::ActiveModel { id: Unchanged(account.id), state: Set(state), ..Default::default() };
    let account = row.update(tx.conn()).await?;
    let what = What::StateChanged { before, after: state };
    tx.record(grant, &AccountEvent { account: account.id, what }).await?;
    Ok(account)
}

async fn close_everything(tx: &Tx, id: AccountId) -> Result<(), AccountError> {
    sessions::end_all(tx, id, None).await?;
    link::expire(tx, id, None).await?;
    api_token::Entity::update_many()
        .col_expr(api_token::Column::RevokedAt, Expr::value(tx.instant()))
        .filter(api_token::Column::AccountId.eq(id))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// Removes the second factor of someone who lost it; the person is told, and every session ends.
///
/// # Errors
/// [`AccountError::SecondFactorOff`].
pub async fn reset_second_factor(tx: &mut Tx, id: AccountId) -> Result<(), AccountError> {
    let account = load::account(tx, id).await?;
    let grant = tx.authorize(Permission::AccountManage, &oneself(id))?;
    if account.totp_confirmed_at.is_none() {
        return Err(AccountError::SecondFactorOff);
    }
    second_factor::clear(tx, id).await?;
    sessions::end_all(tx, id, None).await?;
    let what =
        What::SecondFactorDisabled { reset: true, at: tx.now(), link: tx.app().url("/compte/securite") };
    tx.record(&grant, &AccountEvent { account: id, what }).await?;
    Ok(())
}
