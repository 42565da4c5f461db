//! The people of a structure: inviting, naming administrators, removing.

use entity::account::AccountState;
use entity::account_role::{self, Role};
use entity::ids::{AccountId, StructureId};
use entity::sign_in_link::LinkPurpose;
use entity::{account, structure};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::administer::set_state;
use super::{create_account, link, load, roles};
use crate::authz::{Facts, Grant, Permission, Who};
use crate::db::Tx;
use crate::error::Fault;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, Welcome, What};
use crate::features::accounts::input::{Invitation, RoleInput};
use crate::features::accounts::labels;

/// Invites someone into a structure by mail. An account that exists at the address gets the place beside its other
/// roles; otherwise one opens. Nothing tells the inviter which.
///
/// # Errors
/// [`AccountError::Invalid`] for a colleague already there or a member of the certifier's team.
pub async fn invite_colleague(
    tx: &mut Tx,
    structure: StructureId,
    invitation: &Invitation,
) -> Result<AccountId, AccountError> {
    let (structure, grant) = managed(tx, structure).await?;
    let account = match load::account_by_address(tx, &invitation.email.key()).await? {
        Some(account) => welcome_back(tx, &grant, account, structure.id).await?,
        None => open(tx, &grant, invitation).await?,
    };
    let role = RoleInput::in_structure(structure.id, invitation.administrator);
    let welcome = welcome(tx, account.id, &role, structure.name).await?;
    roles::give(tx, &grant, account.id, role).await?;
    load::new_version(tx, account.id).await?;
    let what = What::ColleagueInvited { structure: structure.id, welcome };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    Ok(account.id)
}

/// Sends the invitation again to a colleague who has not come in yet; the link sent before stops working.
///
/// # Errors
/// [`AccountError::NotFound`], [`AccountError::InvitationAccepted`], [`AccountError::TooManyAttempts`] after five links.
pub async fn invite_colleague_again(
    tx: &mut Tx,
    structure: StructureId,
    colleague: AccountId,
) -> Result<(), AccountError> {
    let (structure, grant) = managed(tx, structure).await?;
    let held = place_of(tx, structure.id, colleague).await?;
    let account = load::account(tx, colleague).await?;
    if account.state != AccountState::Active || account.last_sign_in_at.is_some() {
        return Err(AccountError::InvitationAccepted);
    }
    link::spare(tx, account.id, LinkPurpose::Invitation).await?;
    link::expire(tx, account.id, Some(LinkPurpose::Invitation)).await?;
    let role = RoleInput::in_structure(structure.id, held.structure_admin);
    let welcome = welcome(tx, account.id, &role, structure.name).await?;
    let what = What::ColleagueInvited { structure: structure.id, welcome };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    Ok(())
}

/// What the mail of an invitation says, with a new link.
async fn welcome(
    tx: &Tx,
    account: AccountId,
    role: &RoleInput,
    structure: String,
) -> Result<Welcome, AccountError> {
    Ok(Welcome {
        link: link::make(tx, account, LinkPurpose::Invitation, link::INVITATION_LIFE, "").await?,
        role: create_account::place(role).to_owned(),
        structure: Some(structure),
        invited_by: match &tx.actor().who {
            Who::Account { name, .. } => name.clone(),
            _ => labels::TEAM.to_owned(),
        },
    })
}

async fn open(tx: &mut Tx, grant: &Grant, invitation: &Invitation) -> Result<account::Model, AccountError> {
    let account = create_account::insert(tx, &invitation.email, &invitation.name, None).await?;
    let what = What::Created { email: account.email.clone(), name: account.name.clone(), welcome: None };
    tx.record(grant, &AccountEvent { account: account.id, what }).await?;
    Ok(account)
}

/// An account closed because it had no role left opens again; one that an administrator closed stays closed.
async fn welcome_back(
    tx: &mut Tx,
    grant: &Grant,
    account: account::Model,
    structure: StructureId,
) -> Result<account::Model, AccountError> {
    let fault = |code, message| AccountError::Invalid(vec![Fault::new("/email", code, message)]);
    let held = load::roles(tx, account.id).await?;
    let staff = [Role::Admin, Role::Manager, Role::Officer, Role::Auditor];
    if held.iter().any(|row| staff.contains(&row.role)) {
        return Err(fault("cannot-be-invited", labels::CANNOT_BE_INVITED));
    }
    if held.iter().any(|row| row.structure_id == Some(structure)) {
        return Err(fault("already-colleague", labels::ALREADY_COLLEAGUE));
    }
    if held.is_empty() && account.state == AccountState::Disabled {
        return set_state(tx, grant, account, AccountState::Active).await;
    }
    Ok(account)
}

/// Names a colleague administrator of the structure, or no longer.
///
/// # Errors
/// [`AccountError::NotFound`], [`AccountError::LastStructureAdministrator`].
pub async fn change_colleague(
    tx: &mut Tx,
    structure: StructureId,
    colleague: AccountId,
    administrator: bool,
) -> Result<(), AccountError> {
    let (structure, grant) = managed(tx, structure).await?;
    let held = place_of(tx, structure.id, colleague).await?;
    roles::rescope(tx, &grant, &held, RoleInput::in_structure(structure.id, administrator)).await?;
    load::new_version(tx, colleague).await
}

/// Removes a colleague from the structure. An account without any role left is closed.
///
/// # Errors
/// [`AccountError::NotFound`], [`AccountError::LastStructureAdministrator`].
pub async fn remove_colleague(
    tx: &mut Tx,
    structure: StructureId,
    colleague: AccountId,
) -> Result<(), AccountError> {
    let (structure, grant) = managed(tx, structure).await?;
    let held = place_of(tx, structure.id, colleague).await?;
    roles::take(tx, &grant, &held).await?;
    load::new_version(tx, colleague).await?;
    let account = load::account(tx, colleague).await?;
    if account.state == AccountState::Active && load::roles(tx, colleague).await?.is_empty() {
        set_state(tx, &grant, account, AccountState::Disabled).await?;
    }
    Ok(())
}

/// The structure, locked, and the right to manage its people.
async fn managed(tx: &Tx, id: StructureId) -> Result<(structure::Model, Grant), AccountError> {
    let structure = load::structure(tx, id).await?;
    let facts = Facts { structure: Some(id), region: Some(structure.region.clone()), ..Facts::default() };
    let grant = tx.authorize(Permission::ColleagueManage, &facts)?;
    Ok((structure, grant))
}

async fn place_of(
    tx: &Tx,
    structure: StructureId,
    colleague: AccountId,
) -> Result<account_role::Model, AccountError> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::StructureId.eq(structure))
        .filter(account_role::Column::AccountId.eq(colleague));
    held.lock_exclusive().one(tx.conn()).await?.ok_or(AccountError::NotFound)
}
