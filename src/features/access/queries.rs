//! Reads of the requests for access. The team sees those whose address is confirmed.

use entity::access_request::{self, AccessState};
use entity::account_role::{self, Role};
use entity::ids::AccessRequestId;
use entity::structure;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
};

use super::AccessError;
use crate::authz::{Actor, Facts, Permission, allows_somewhere, hash_token, visible};
use crate::db::{self, Cursor, Page, PageRequest, keyset};
use crate::rules::siret::Siret;

/// What the policy needs to know.
pub(super) fn facts(request: &access_request::Model) -> Facts {
    Facts { region: Some(request.region.clone()), ..Facts::default() }
}

/// Whether the team sees it.
pub(super) fn is_shown(request: &access_request::Model) -> bool {
    request.state != AccessState::Unconfirmed
}

fn shown(actor: &Actor) -> Condition {
    let confirmed = access_request::Column::State.ne(AccessState::Unconfirmed);
    Condition::all().add(visible::access_requests(actor)).add(confirmed)
}

/// A page of the requests that the actor may see, the latest first.
///
/// # Errors
/// The refusal of the policy, what the database answers.
pub async fn list(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    state: Option<AccessState>,
    page: &PageRequest,
) -> Result<Page<access_request::Model>, db::Error> {
    use access_request::Column;
    allows_somewhere(actor, Permission::AccessView, &Facts::default())?;
    let mut select = access_request::Entity::find().filter(shown(actor));
    if let Some(state) = state {
        select = select.filter(Column::State.eq(state));
    }
    let none: Option<Column> = None;
    let rows = keyset(select, none, Column::Id, true, page).all(conn).await?;
    Ok(Page::cut(rows, page.limit, |row| Cursor { value: String::new(), id: row.id.0 }))
}

/// Those that wait for the actor, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn pending(
    conn: &impl ConnectionTrait,
    actor: &Actor,
) -> Result<Vec<access_request::Model>, db::Error> {
    use access_request::Column;
    let waiting = access_request::Entity::find()
        .filter(visible::access_requests(actor))
        .filter(Column::State.eq(AccessState::Pending))
        .order_by_asc(Column::Id);
    Ok(waiting.all(conn).await?)
}

/// A request by its key.
///
/// # Errors
/// [`AccessError::NotFound`], what the database answers.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: AccessRequestId,
) -> Result<access_request::Model, AccessError> {
    one(conn, actor, access_request::Column::Id.eq(id)).await
}

/// A request by its number.
///
/// # Errors
/// [`AccessError::NotFound`], what the database answers.
pub async fn by_number(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    number: &str,
) -> Result<access_request::Model, AccessError> {
    one(conn, actor, access_request::Column::Number.eq(number)).await
}

async fn one(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    which: sea_orm::sea_query::SimpleExpr,
) -> Result<access_request::Model, AccessError> {
    let found = access_request::Entity::find().filter(shown(actor)).filter(which).one(conn).await?;
    found.ok_or(AccessError::NotFound)
}

/// The request of a link, whatever its state, for whoever holds the link.
///
/// # Errors
/// What the database answers.
pub async fn of_link(
    conn: &impl ConnectionTrait,
    token: &str,
) -> Result<Option<access_request::Model>, AccessError> {
    let found = access_request::Entity::find()
        .filter(access_request::Column::TokenHash.eq(hash_token(token)))
        .one(conn)
        .await?;
    Ok(found)
}

/// The structure that a request is about, when its SIREN is recorded.
///
/// # Errors
/// What the database answers.
pub async fn known_structure(
    conn: &impl ConnectionTrait,
    request: &access_request::Model,
) -> Result<Option<structure::Model>, AccessError> {
    let Ok(siret) = Siret::parse(&request.siret) else { return Ok(None) };
    let siren = siret.siren().to_string();
    Ok(structure::Entity::find().filter(structure::Column::Siren.eq(siren)).one(conn).await?)
}

/// How many people of a structure have an account.
///
/// # Errors
/// What the database answers.
pub async fn colleagues(
    conn: &impl ConnectionTrait,
    structure: &structure::Model,
) -> Result<u64, AccessError> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::Role.eq(Role::Structure))
        .filter(account_role::Column::StructureId.eq(structure.id));
    Ok(held.count(conn).await?)
}
