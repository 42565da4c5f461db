//! Opening an account.

use entity::account::{self, AccountState, Theme};
use entity::account_role::Role;
use entity::ids::{AccountId, ExpertId, StructureId};
use entity::sign_in_link::LinkPurpose;
use entity::structure;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait;

use super::{link, load, roles};
use crate::authz::{Facts, Permission};
use crate::db::{self, Tx};
use crate::error::Fault;
use crate::features::accounts::error::AccountError;
use crate::features::accounts::events::{AccountEvent, Link, Welcome, What};
use crate::features::accounts::input::{NewAccount, RoleInput};
use crate::features::accounts::labels;
use crate::rules::email_address::EmailAddress;
use crate::rules::person_name::PersonName;

/// How the first link reaches the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOver {
    /// By mail.
    Mail,
    /// By whoever opens the account: the command line prints it.
    ByHand,
}

/// Opens an account with its roles, and makes the link that opens it the first time.
///
/// # Errors
/// [`AccountError::Invalid`] when the address is taken or a reference is unknown.
pub async fn create_account(
    tx: &mut Tx,
    input: NewAccount,
    hand_over: HandOver,
) -> Result<(account::Model, Link), AccountError> {
    let grant = tx.authorize(Permission::AccountManage, &Facts::default())?;
    let mut faults = roles::unknown_references(tx, &input.roles, input.expert).await?;
    if load::account_by_address(tx, &input.email.key()).await?.is_some() {
        faults.insert(0, address_taken());
    }
    if !faults.is_empty() {
        return Err(AccountError::Invalid(faults));
    }
    let account = insert(tx, &input.email, &input.name, input.expert).await?;
    let link = link::make(tx, account.id, LinkPurpose::Invitation, link::INVITATION_LIFE, "").await?;
    let welcome = match hand_over {
        HandOver::ByHand => None,
        HandOver::Mail => Some(welcome(tx, &link, &input.roles).await?),
    };
    let what = What::Created { email: account.email.clone(), name: account.name.clone(), welcome };
    tx.record(&grant, &AccountEvent { account: account.id, what }).await?;
    for role in input.roles {
        roles::give(tx, &grant, account.id, role).await?;
    }
    Ok((account, link))
}

/// Inserts the row of a new account, open.
pub(super) async fn insert(
    tx: &Tx,
    email: &EmailAddress,
    name: &PersonName,
    expert: Option<ExpertId>,
) -> Result<account::Model, AccountError> {
    let row = account::ActiveModel {
        id: Set(tx.new_id::<AccountId>()),
        email: Set(email.as_str().to_owned()),
        email_folded: Set(email.key()),
        name: Set(name.as_str().to_owned()),
        state: Set(AccountState::Active),
        password_hash: Set(None),
        totp_secret: Set(None),
        totp_confirmed_at: Set(None),
        totp_last_step: Set(None),
        theme: Set(Theme::System),
        shortcuts: Set(true),
        expert_id: Set(expert),
        created_at: Set(tx.instant()),
        last_sign_in_at: Set(None),
        version: Set(1),
    };
    let inserted = account::Entity::insert(row).exec_with_returning(tx.conn()).await;
    inserted.map_err(|error| {
        if db::is_unique_violation(&error) {
            AccountError::Invalid(vec![address_taken()])
        } else {
            error.into()
        }
    })
}

fn address_taken() -> Fault {
    Fault::new("/email", "email-taken", labels::ADDRESS_TAKEN)
}

async fn welcome(tx: &Tx, link: &Link, roles: &[RoleInput]) -> Result<Welcome, AccountError> {
    let structure = roles.iter().find_map(|role| role.structure);
    let names: Vec<_> = roles.iter().map(|role| labels::role(role.role)).collect();
    Ok(Welcome {
        link: link.clone(),
        role: names.join(", "),
        structure: match structure {
            Some(id) => structure_name(tx, id).await?,
            None => None,
        },
        invited_by: labels::TEAM.to_owned(),
    })
}

async fn structure_name(tx: &Tx, id: StructureId) -> Result<Option<String>, AccountError> {
    Ok(structure::Entity::find_by_id(id).one(tx.conn()).await?.map(|structure| structure.name))
}

/// The French name of a place in a structure.
pub(super) fn place(role: &RoleInput) -> &'static str {
    match (role.role, role.structure_admin) {
        (Role::Structure, true) => labels::STRUCTURE_ADMINISTRATOR,
        (Role::Structure, false) => labels::STRUCTURE_MEMBER,
        (other, _) => labels::role(other),
    }
}
