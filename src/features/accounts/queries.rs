//! Reads of accounts, their devices, their tokens, and the people of structures.

use std::collections::HashMap;

use entity::account::{self, AccountState};
use entity::account_role::{self, Role};
use entity::ids::{AccountId, ExpertId, StructureId};
use entity::sign_in_link::LinkPurpose;
use entity::{api_token, certification, expert, recovery_code, sign_in_link, site, structure, web_session};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};
use time::OffsetDateTime;

use super::error::AccountError;
use crate::authz::{Actor, Facts, Permission, allows, hash_token, visible};
use crate::db::{Cursor, Page, PageRequest, keyset};

/// An account with its roles.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The account.
    pub account: account::Model,
    /// Its roles, oldest first.
    pub roles: Vec<account_role::Model>,
}

/// What a list of accounts is narrowed by.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter {
    /// Part of the address.
    pub q: Option<String>,
    /// Open or closed.
    pub state: Option<AccountState>,
    /// A role held.
    pub role: Option<Role>,
}

/// The accounts that the actor may see, by address.
///
/// # Errors
/// The refusal of the policy, or what the database answers.
pub async fn accounts(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    filter: &AccountFilter,
    page: &PageRequest,
) -> Result<Page<AccountRow>, AccountError> {
    use account::Column;
    let mut select = account::Entity::find().filter(visible::accounts(actor));
    if let Some(q) = filter.q.as_deref().map(str::trim).filter(|q| !q.is_empty()) {
        select = select.filter(Column::EmailFolded.contains(q.to_lowercase()));
    }
    if let Some(state) = filter.state {
        select = select.filter(Column::State.eq(state));
    }
    if let Some(role) = filter.role {
        let holders = account_role::Entity::find()
            .select_only()
            .column(account_role::Column::AccountId)
            .filter(account_role::Column::Role.eq(role));
        select = select.filter(Column::Id.in_subquery(holders.into_query()));
    }
    let rows = keyset(select, Some(Column::EmailFolded), Column::Id, false, page).all(conn).await?;
    let cursor = |row: &account::Model| Cursor { value: row.email_folded.clone(), id: row.id.0 };
    let page = Page::cut(rows, page.limit, cursor);
    let mut roles = roles_of(conn, page.items.iter().map(|account| account.id).collect()).await?;
    Ok(page.map(|account| AccountRow { roles: roles.remove(&account.id).unwrap_or_default(), account }))
}

/// One account, for those who may see it and for its own person.
///
/// # Errors
/// [`AccountError::NotFound`], or the refusal of the policy.
pub async fn account(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AccountId,
) -> Result<AccountRow, AccountError> {
    let facts = Facts { account: Some(id), ..Facts::default() };
    let permission =
        if actor.account_id() == Some(id) { Permission::AccountSelf } else { Permission::AccountView };
    let _ = allows(actor, permission, &facts)?;
    let account = account::Entity::find_by_id(id).one(conn).await?.ok_or(AccountError::NotFound)?;
    let mut roles = roles_of(conn, vec![id]).await?;
    Ok(AccountRow { roles: roles.remove(&id).unwrap_or_default(), account })
}

async fn roles_of(
    conn: &impl ConnectionTrait,
    accounts: Vec<AccountId>,
) -> Result<HashMap<AccountId, Vec<account_role::Model>>, AccountError> {
    let roles = account_role::Entity::find()
        .filter(account_role::Column::AccountId.is_in(accounts))
        .order_by_asc(account_role::Column::Id)
        .all(conn)
        .await?;
    let mut by_account: HashMap<_, Vec<_>> = HashMap::new();
    for role in roles {
        by_account.entry(role.account_id).or_default().push(role);
    }
    Ok(by_account)
}

/// The account of an address, for signing in: whatever its state, without any right asked. Never shown to anybody.
///
/// # Errors
/// What the database answers.
pub async fn by_address(
    conn: &impl ConnectionTrait,
    folded: &str,
) -> Result<Option<account::Model>, AccountError> {
    Ok(account::Entity::find().filter(account::Column::EmailFolded.eq(folded)).one(conn).await?)
}

/// The accounts of several addresses, for the page of the demonstration.
///
/// # Errors
/// What the database answers.
pub async fn by_addresses(
    conn: &impl ConnectionTrait,
    folded: Vec<String>,
) -> Result<Vec<account::Model>, AccountError> {
    Ok(account::Entity::find().filter(account::Column::EmailFolded.is_in(folded)).all(conn).await?)
}

/// The account that a link opens, when it still works.
///
/// # Errors
/// What the database answers.
pub async fn account_of_link(
    conn: &impl ConnectionTrait,
    token: &str,
    now: OffsetDateTime,
) -> Result<Option<account::Model>, AccountError> {
    use sign_in_link::Column;
    let link = sign_in_link::Entity::find()
        .filter(Column::TokenHash.eq(hash_token(token)))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(entity::Instant::from(now)))
        .one(conn)
        .await?;
    let Some(link) = link else { return Ok(None) };
    let account = account::Entity::find_by_id(link.account_id).one(conn).await?;
    Ok(account.filter(|account| account.state == AccountState::Active))
}

/// The devices where the actor is signed in, last used first.
///
/// # Errors
/// What the database answers.
pub async fn own_sessions(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
    idle: time::Duration,
) -> Result<Vec<web_session::Model>, AccountError> {
    use web_session::Column;
    let Some(account) = actor.account_id() else { return Ok(Vec::new()) };
    let sessions = web_session::Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(entity::Instant::from(now)))
        .filter(Column::LastSeenAt.gt(entity::Instant::from(now - idle)))
        .order_by_desc(Column::LastSeenAt)
        .order_by_desc(Column::Id);
    Ok(sessions.all(conn).await?)
}

/// The tokens of the actor that work, newest first.
///
/// # Errors
/// What the database answers.
pub async fn own_tokens(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    now: OffsetDateTime,
    page: &PageRequest,
) -> Result<Page<api_token::Model>, AccountError> {
    use api_token::Column;
    let Some(account) = actor.account_id() else { return Ok(Page { items: Vec::new(), next: None }) };
    let select = api_token::Entity::find()
        .filter(Column::AccountId.eq(account))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(entity::Instant::from(now)));
    let rows = keyset(select, None::<Column>, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// How many recovery codes of the actor were not used.
///
/// # Errors
/// What the database answers.
pub async fn own_recovery_codes(conn: &impl ConnectionTrait, actor: &Actor) -> Result<u64, AccountError> {
    let Some(account) = actor.account_id() else { return Ok(0) };
    let left = recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(left.count(conn).await?)
}

/// Someone of a structure.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// The account.
    pub account: account::Model,
    /// Whether it administers the structure.
    pub administrator: bool,
    /// When it was last invited, while it has never signed in.
    pub invited_at: Option<entity::Instant>,
}

/// A structure and its people, for those who may see them; by address.
///
/// # Errors
/// [`AccountError::NotFound`], or the refusal of the policy.
pub async fn colleagues(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    structure: StructureId,
) -> Result<(structure::Model, Vec<Colleague>), AccountError> {
    let found = structure::Entity::find_by_id(structure).one(conn).await?.ok_or(AccountError::NotFound)?;
    let facts = Facts { structure: Some(structure), region: Some(found.region.clone()), ..Facts::default() };
    let _ = allows(actor, Permission::ColleagueView, &facts)?;
    let places = account_role::Entity::find()
        .filter(visible::colleagues(actor))
        .filter(account_role::Column::StructureId.eq(structure))
        .all(conn)
        .await?;
    let administrators: HashMap<_, _> =
        places.into_iter().map(|place| (place.account_id, place.structure_admin)).collect();
    let accounts = account::Entity::find()
        .filter(account::Column::Id.is_in(administrators.keys().copied()))
        .order_by_asc(account::Column::EmailFolded)
        .all(conn)
        .await?;
    let invited = invitations(conn, &accounts).await?;
    let colleague = |account: account::Model| Colleague {
        administrator: administrators.get(&account.id).copied().unwrap_or_default(),
        invited_at: awaited(&account)
            .then(|| invited.get(&account.id).copied().unwrap_or(account.created_at)),
        account,
    };
    Ok((found, accounts.into_iter().map(colleague).collect()))
}

/// Whether nobody has come in by an account yet.
fn awaited(account: &account::Model) -> bool {
    account.state == AccountState::Active && account.last_sign_in_at.is_none()
}

/// When each of those who have not come in yet was last invited.
async fn invitations(
    conn: &impl ConnectionTrait,
    accounts: &[account::Model],
) -> Result<HashMap<AccountId, entity::Instant>, AccountError> {
    use sign_in_link::Column;
    let awaited: Vec<AccountId> =
        accounts.iter().filter(|account| awaited(account)).map(|account| account.id).collect();
    if awaited.is_empty() {
        return Ok(HashMap::new());
    }
    let sent: Vec<(AccountId, entity::Instant)> = sign_in_link::Entity::find()
        .select_only()
        .columns([Column::AccountId, Column::CreatedAt])
        .filter(Column::AccountId.is_in(awaited))
        .filter(Column::Purpose.eq(LinkPurpose::Invitation))
        .order_by_asc(Column::CreatedAt)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(sent.into_iter().collect())
}

/// Names of structures, by key.
///
/// # Errors
/// What the database answers.
pub async fn structure_names(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = StructureId>,
) -> Result<HashMap<StructureId, String>, AccountError> {
    let found = structure::Entity::find().filter(structure::Column::Id.is_in(ids)).all(conn).await?;
    Ok(found.into_iter().map(|structure| (structure.id, structure.name)).collect())
}

/// The structure of a SIRET: by its site, or by its SIREN.
///
/// # Errors
/// What the database answers.
pub async fn structure_by_siret(
    conn: &impl ConnectionTrait,
    siret: &str,
) -> Result<Option<StructureId>, AccountError> {
    let site = site::Entity::find().filter(site::Column::Siret.eq(siret)).one(conn).await?;
    if let Some(site) = site {
        return Ok(Some(site.structure_id));
    }
    let siren = siret.get(..9).unwrap_or(siret);
    let found = structure::Entity::find().filter(structure::Column::Siren.eq(siren)).one(conn).await?;
    Ok(found.map(|structure| structure.id))
}

/// The expert of a number, for those who tie accounts to files.
///
/// # Errors
/// What the database answers.
pub async fn expert_by_number(
    conn: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<ExpertId>, AccountError> {
    let found = expert::Entity::find().filter(expert::Column::Number.eq(number)).one(conn).await?;
    Ok(found.map(|expert| expert.id))
}

/// The file of expert of an account.
///
/// # Errors
/// What the database answers.
pub async fn expert_of(
    conn: &impl ConnectionTrait,
    account: &account::Model,
) -> Result<Option<expert::Model>, AccountError> {
    let Some(id) = account.expert_id else { return Ok(None) };
    Ok(expert::Entity::find_by_id(id).one(conn).await?)
}

/// The certifications to which a role may be limited: key and short title.
///
/// # Errors
/// What the database answers.
pub async fn certifications(conn: &impl ConnectionTrait) -> Result<Vec<certification::Model>, AccountError> {
    Ok(certification::Entity::find().order_by_asc(certification::Column::Code).all(conn).await?)
}
