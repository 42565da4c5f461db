//! From a token or a cookie to an actor. Only hashes are compared; a token is never kept.

use std::collections::{BTreeSet, HashMap};

use entity::account_role::Role;
use entity::ids::{AccountId, WebSessionId};
use entity::{account, account_role, api_token, web_session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};

use super::{Actor, Channel, Held};
use crate::db::Db;

/// Dates of last use are written at most once in this interval, so that reading stays reading.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// The hash under which a token is kept.
#[must_use]
pub fn hash_token(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct SessionActor {
    /// Who acts.
    pub actor: Actor,
    /// The session itself.
    pub session: web_session::Model,
    /// The account behind it.
    pub account: account::Model,
}

/// The actor of an account, if it is active.
///
/// # Errors
/// What the database answers.
pub async fn account_actor(
    conn: &impl ConnectionTrait,
    id: AccountId,
    channel: Channel,
) -> Result<Option<(Actor, account::Model)>, DbErr> {
    let Some(account) = account::Entity::find_by_id(id).one(conn).await? else { return Ok(None) };
    if account.state != account::AccountState::Active {
        return Ok(None);
    }
    let roles = account_role::Entity::find().filter(account_role::Column::AccountId.eq(id)).all(conn).await?;
    let held = roles.iter().map(|role| held(role, &account)).collect();
    Ok(Some((Actor::account(id, account.name.clone(), held, channel), account)))
}

/// Everybody of the team of the certifier whose account is active, for the pages: two queries, however many they are.
///
/// # Errors
/// What the database answers.
pub async fn staff(conn: &impl ConnectionTrait) -> Result<Vec<Actor>, DbErr> {
    use account_role::Column;
    let team = [Role::Admin, Role::Manager, Role::Officer];
    let team =
        account_role::Entity::find().select_only().column(Column::AccountId).filter(Column::Role.is_in(team));
    let accounts = account::Entity::find()
        .filter(account::Column::State.eq(account::AccountState::Active))
        .filter(account::Column::Id.in_subquery(team.into_query()))
        .all(conn)
        .await?;
    let people = accounts.iter().map(|account| account.id);
    let roles = account_role::Entity::find().filter(Column::AccountId.is_in(people)).all(conn).await?;
    let actor = |account: account::Model| {
        let own = roles.iter().filter(|role| role.account_id == account.id);
        let held = own.map(|role| held(role, &account)).collect();
        Actor::account(account.id, account.name, held, Channel::Web)
    };
    Ok(accounts.into_iter().map(actor).collect())
}

/// The names of accounts, for those who read who did what. Nothing is asked of the database for nobody.
///
/// # Errors
/// What the database answers.
pub async fn account_names(
    conn: &impl ConnectionTrait,
    accounts: BTreeSet<AccountId>,
) -> Result<HashMap<AccountId, String>, DbErr> {
    use account::Column;
    if accounts.is_empty() {
        return Ok(HashMap::new());
    }
    let named = account::Entity::find().select_only().columns([Column::Id, Column::Name]);
    let rows: Vec<(AccountId, String)> =
        named.filter(Column::Id.is_in(accounts)).into_tuple().all(conn).await?;
    Ok(rows.into_iter().collect())
}

fn held(role: &account_role::Model, account: &account::Model) -> Held {
    Held {
        structure: role.structure_id,
        structure_admin: role.structure_admin,
        expert: if role.role == Role::Expert { account.expert_id } else { None },
        certification: role.certification_id,
        regions: role.regions.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        role: role.role,
    }
}

/// The actor of an API token that is neither revoked nor expired.
///
/// # Errors
/// What the database answers.
pub async fn by_token(db: &Db, token: &str, now: OffsetDateTime) -> Result<Option<Actor>, DbErr> {
    use api_token::Column;
    let instant = entity::Instant::from(now);
    let found = api_token::Entity::find()
        .filter(Column::TokenHash.eq(hash_token(token)))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(instant))
        .one(db.read())
        .await?;
    let Some(found) = found else { return Ok(None) };
    if found.last_used_at.is_none_or(|last| *last + TOUCH_EVERY < now) {
        api_token::Entity::update_many()
            .col_expr(Column::LastUsedAt, Expr::value(instant))
            .filter(Column::Id.eq(found.id))
            .exec(db.bookkeeping())
            .await?;
    }
    Ok(account_actor(db.read(), found.account_id, Channel::Api).await?.map(|(actor, _)| actor))
}

/// The session of a cookie that is neither revoked, expired nor idle for longer than `idle`.
///
/// # Errors
/// What the database answers.
pub async fn by_session(
    db: &Db,
    token: &str,
    now: OffsetDateTime,
    idle: Duration,
) -> Result<Option<SessionActor>, DbErr> {
    use web_session::Column;
    let found = web_session::Entity::find()
        .filter(Column::TokenHash.eq(hash_token(token)))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(entity::Instant::from(now)))
        .filter(Column::LastSeenAt.gt(entity::Instant::from(now - idle)))
        .one(db.read())
        .await?;
    let Some(session) = found else { return Ok(None) };
    if *session.last_seen_at + TOUCH_EVERY < now {
        touch(db, session.id, now).await?;
    }
    let known = account_actor(db.read(), session.account_id, Channel::Web).await?;
    Ok(known.map(|(actor, account)| SessionActor { actor, session, account }))
}

async fn touch(db: &Db, id: WebSessionId, now: OffsetDateTime) -> Result<(), DbErr> {
    web_session::Entity::update_many()
        .col_expr(web_session::Column::LastSeenAt, Expr::value(entity::Instant::from(now)))
        .filter(web_session::Column::Id.eq(id))
        .exec(db.bookkeeping())
        .await?;
    Ok(())
}
