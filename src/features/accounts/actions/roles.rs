//! Giving and taking roles, each with its line in the journal.

use entity::account_role::{self, Role};
use entity::ids::{AccountId, StructureId};
use entity::{certification, expert, structure};
use sea_orm::ActiveValue::{Set, Unchanged};
use sea_orm::{ActiveModelTrait, EntityTrait};

use super::load;
use crate::authz::Grant;
use crate::db::Tx;
use crate::error::Fault;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, What};
use crate::features::accounts::input::RoleInput;
use crate::features::accounts::labels;

/// Faults of references to things that do not exist.
pub(super) async fn unknown_references(
    tx: &Tx,
    roles: &[RoleInput],
    expert: Option<entity::ids::ExpertId>,
) -> Result<Vec<Fault>, AccountError> {
    let mut faults = Vec::new();
    for (at, role) in roles.iter().enumerate() {
        if let Some(id) = role.structure
            && structure::Entity::find_by_id(id).one(tx.conn()).await?.is_none()
        {
            let pointer = format!("/roles/{at}/structure_id");
            faults.push(Fault::new(pointer, "structure-unknown", labels::STRUCTURE_UNKNOWN));
        }
        if let Some(id) = role.certification
            && certification::Entity::find_by_id(id).one(tx.conn()).await?.is_none()
        {
            let pointer = format!("/roles/{at}/certification_id");
            faults.push(Fault::new(pointer, "certification-unknown", labels::CERTIFICATION_UNKNOWN));
        }
    }
    if let Some(id) = expert
        && expert::Entity::find_by_id(id).one(tx.conn()).await?.is_none()
    {
        faults.push(Fault::new("/expert_id", "expert-unknown", labels::EXPERT_UNKNOWN));
    }
    Ok(faults)
}

/// Gives a role. The first person of a structure administers it, whatever was asked.
pub(super) async fn give(
    tx: &mut Tx,
    grant: &Grant,
    account: AccountId,
    mut role: RoleInput,
) -> Result<(), AccountError> {
    if let Some(structure) = role.structure {
        role.structure_admin = role.structure_admin || has_no_administrator(tx, structure).await?;
    }
    let row = account_role::ActiveModel {
        id: Set(tx.new_id()),
        account_id: Set(account),
        role: Set(role.role),
        structure_id: Set(role.structure),
        structure_admin: Set(role.structure_admin),
        certification_id: Set(role.certification),
        regions: Set(role.regions_text()),
        granted_at: Set(tx.instant()),
    };
    account_role::Entity::insert(row).exec_without_returning(tx.conn()).await?;
    tx.record(grant, &AccountEvent { account, what: What::RoleGranted { role } }).await?;
    Ok(())
}

/// Changes the scope of a role.
pub(super) async fn rescope(
    tx: &mut Tx,
    grant: &Grant,
    held: &account_role::Model,
    role: RoleInput,
) -> Result<(), AccountError> {
    if let Some(structure) = held.structure_id
        && held.structure_admin
        && !role.structure_admin
    {
        load::keep_structure_administrator(tx, structure, held.account_id).await?;
    }
    let row = account_role::ActiveModel {
        id: Unchanged(held.id),
        structure_admin: Set(role.structure_admin),
        certification_id: Set(role.certification),
        regions: Set(role.regions_text()),
        ..Default::default()
    };
    row.update(tx.conn()).await?;
    tx.record(grant, &AccountEvent { account: held.account_id, what: What::RoleGranted { role } }).await?;
    Ok(())
}

/// Takes a role, unless the last administrator would go with it.
pub(super) async fn take(tx: &mut Tx, grant: &Grant, held: &account_role::Model) -> Result<(), AccountError> {
    keep_administrators(tx, held).await?;
    account_role::Entity::delete_by_id(held.id).exec(tx.conn()).await?;
    let what = What::RoleRevoked { role: RoleInput::from(held) };
    tx.record(grant, &AccountEvent { account: held.account_id, what }).await?;
    Ok(())
}

/// Refuses that the holder of a role goes when nobody else administers.
pub(super) async fn keep_administrators(tx: &Tx, held: &account_role::Model) -> Result<(), AccountError> {
    if held.role == Role::Admin {
        load::keep_administrator(tx, held.account_id).await?;
    }
    match held.structure_id {
        Some(structure) if held.structure_admin => {
            load::keep_structure_administrator(tx, structure, held.account_id).await
        }
        _ => Ok(()),
    }
}

async fn has_no_administrator(tx: &Tx, structure: StructureId) -> Result<bool, AccountError> {
    load::structure(tx, structure).await?;
    let administrators = load::administrators(tx, Role::Structure, Some(structure)).await?;
    Ok(!administrators.iter().any(|one| one.active))
}
