//! Rows read for a change, locked until the end of the act.

use entity::account_role::Role;
use entity::ids::{AccountId, StructureId};
use entity::{account, account_role, structure};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::authz::Facts;
use crate::db::Tx;
use crate::features::accounts::administrators::{Administrator, may_leave};
use crate::features::accounts::error::AccountError;

/// An account, locked.
pub(super) async fn account(tx: &Tx, id: AccountId) -> Result<account::Model, AccountError> {
    let found = account::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.ok_or(AccountError::NotFound)
}

/// The account of an address in its folded form, locked.
pub(super) async fn account_by_address(
    tx: &Tx,
    folded: &str,
) -> Result<Option<account::Model>, AccountError> {
    let found = account::Entity::find().filter(account::Column::EmailFolded.eq(folded));
    Ok(found.lock_exclusive().one(tx.conn()).await?)
}

/// The account of the person who acts, locked.
pub(super) async fn own_account(tx: &Tx) -> Result<account::Model, AccountError> {
    account(tx, tx.actor().account_id().ok_or(AccountError::NotFound)?).await
}

/// A structure, locked: its administrators change one act at a time.
pub(super) async fn structure(tx: &Tx, id: StructureId) -> Result<structure::Model, AccountError> {
    let found = structure::Entity::find_by_id(id).lock_exclusive().one(tx.conn()).await?;
    found.ok_or(AccountError::NotFound)
}

/// The roles of an account.
pub(super) async fn roles(tx: &Tx, id: AccountId) -> Result<Vec<account_role::Model>, AccountError> {
    let roles = account_role::Entity::find().filter(account_role::Column::AccountId.eq(id));
    Ok(roles.order_by_asc(account_role::Column::Id).all(tx.conn()).await?)
}

/// Makes a new version of an account whose roles changed, so that whoever read it before cannot undo the change.
pub(super) async fn new_version(tx: &Tx, id: AccountId) -> Result<(), AccountError> {
    account::Entity::update_many()
        .col_expr(account::Column::Version, Expr::col(account::Column::Version).add(1))
        .filter(account::Column::Id.eq(id))
        .exec(tx.conn())
        .await?;
    Ok(())
}

/// The facts of one's own account.
pub(super) fn oneself(id: AccountId) -> Facts {
    Facts { account: Some(id), ..Facts::default() }
}

/// Refuses that a structure loses its last administrator. Locks the structure.
pub(super) async fn keep_structure_administrator(
    tx: &Tx,
    structure_id: StructureId,
    leaving: AccountId,
) -> Result<(), AccountError> {
    structure(tx, structure_id).await?;
    let administrators = administrators(tx, Role::Structure, Some(structure_id)).await?;
    if may_leave(&administrators, leaving) { Ok(()) } else { Err(AccountError::LastStructureAdministrator) }
}

/// Refuses that the installation loses its last administrator. Locks their roles.
pub(super) async fn keep_administrator(tx: &Tx, leaving: AccountId) -> Result<(), AccountError> {
    let roles = account_role::Entity::find().filter(account_role::Column::Role.eq(Role::Admin));
    roles.order_by_asc(account_role::Column::Id).lock_exclusive().all(tx.conn()).await?;
    let administrators = administrators(tx, Role::Admin, None).await?;
    if may_leave(&administrators, leaving) { Ok(()) } else { Err(AccountError::LastAdministrator) }
}

/// Who administers the installation, or a structure.
pub(super) async fn administrators(
    tx: &Tx,
    role: Role,
    structure: Option<StructureId>,
) -> Result<Vec<Administrator>, AccountError> {
    let mut roles = account_role::Entity::find().filter(account_role::Column::Role.eq(role));
    if let Some(structure) = structure {
        roles = roles
            .filter(account_role::Column::StructureId.eq(structure))
            .filter(account_role::Column::StructureAdmin.eq(true));
    }
    let holders: Vec<AccountId> =
        roles.all(tx.conn()).await?.into_iter().map(|role| role.account_id).collect();
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(holders)).all(tx.conn()).await?;
    Ok(accounts
        .into_iter()
        .map(|found| Administrator {
            account: found.id,
            active: found.state == account::AccountState::Active,
        })
        .collect())
}
