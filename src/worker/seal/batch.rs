//! One batch of events: read outside, then leaves and seal in one transaction that checks the lease again.

use std::sync::Arc;

use entity::ids::AuditEventId;
use entity::{audit_event, audit_key, audit_leaf, audit_pending, audit_seal, lease};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};

use super::keys::JournalKey;
use super::{LEASE, SealError};
use crate::app::App;
use crate::db::{self, Db};
use crate::events::{Seal, frontier_of, frontier_text, unix_millis};
use crate::rules::merkle::{Frontier, Hash};

/// Events sealed together: bounds the memory and the time the writer is held.
const BATCH: u64 = 500;

/// The next events that wait, in the order of their keys, after one of them.
pub(super) async fn pending(db: &Db, after: Option<AuditEventId>) -> Result<Vec<audit_event::Model>, DbErr> {
    let mut waiting = audit_pending::Entity::find()
        .select_only()
        .column(audit_pending::Column::EventId)
        .order_by_asc(audit_pending::Column::EventId)
        .limit(BATCH);
    if let Some(after) = after {
        waiting = waiting.filter(audit_pending::Column::EventId.gt(after));
    }
    audit_event::Entity::find()
        .filter(audit_event::Column::Id.in_subquery(waiting.into_query()))
        .order_by_asc(audit_event::Column::Id)
        .all(db.read())
        .await
}

/// Writes the leaves of these events, in this order, and the seal that covers them. None when another process took
/// over meanwhile.
pub(super) async fn append(
    app: &Arc<App>,
    key: &JournalKey,
    entries: &[(AuditEventId, Hash)],
) -> Result<Option<Seal>, SealError> {
    let conn = db::begin_bookkeeping(&app.db).await?;
    if !still_leads(app, &conn).await? {
        return Ok(None);
    }
    let sealed = write(app, &conn, key, entries).await;
    match sealed {
        Ok(seal) => {
            conn.commit().await?;
            Ok(Some(seal))
        }
        Err(SealError::Database(error)) if error.is_unique_violation() => Ok(None),
        Err(error) => Err(error),
    }
}

/// Locks the lease until the end of the transaction, and says whether it is still ours.
async fn still_leads(app: &App, conn: &DatabaseTransaction) -> Result<bool, DbErr> {
    let lease = lease::Entity::find_by_id(LEASE.to_owned()).lock_exclusive().one(conn).await?;
    Ok(lease.is_some_and(|lease| lease.holder == app.instance() && *lease.until_at >= app.now()))
}

async fn write(
    app: &App,
    conn: &DatabaseTransaction,
    key: &JournalKey,
    entries: &[(AuditEventId, Hash)],
) -> Result<Seal, SealError> {
    key_in_use(conn, key).await?;
    let mut tree = head(conn).await?;
    let mut leaves = Vec::with_capacity(entries.len());
    for (event_id, hash) in entries {
        let seq = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        leaves.push(audit_leaf::ActiveModel {
            seq: Set(seq),
            event_id: Set(*event_id),
            hash: Set(hash.to_vec()),
        });
        tree.append(*hash);
    }
    audit_leaf::Entity::insert_many(leaves).exec_without_returning(conn).await?;
    let signed_at = entity::Instant::from(app.now());
    let seal = Seal::sign(&tree, unix_millis(signed_at), key.signing())?;
    let row = audit_seal::ActiveModel {
        tree_size: Set(i64::try_from(seal.tree_size).unwrap_or(i64::MAX)),
        root: Set(seal.root.to_vec()),
        frontier: Set(frontier_text(&tree)),
        signed_at: Set(signed_at),
        key_id: Set(seal.key_id.clone()),
        signature: Set(seal.signature.clone()),
    };
    audit_seal::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(seal)
}

async fn key_in_use(conn: &impl ConnectionTrait, key: &JournalKey) -> Result<(), SealError> {
    let row = audit_key::Entity::find_by_id(key.id().to_owned()).one(conn).await?;
    match row {
        Some(row) if row.retired_at.is_none() => Ok(()),
        _ => Err(SealError::Retired(key.id().to_owned())),
    }
}

/// The tree under the newest seal, once its root and signature are seen to stand.
async fn head(conn: &impl ConnectionTrait) -> Result<Frontier, SealError> {
    let newest = audit_seal::Entity::find().order_by_desc(audit_seal::Column::TreeSize).one(conn).await?;
    let Some(row) = newest else { return Ok(Frontier::default()) };
    let broken = SealError::BrokenHead(row.tree_size);
    let Some(seal) = Seal::from_row(&row) else { return Err(broken) };
    let tree = frontier_of(seal.tree_size, &row.frontier).filter(|tree| tree.root() == seal.root);
    let key = audit_key::Entity::find_by_id(seal.key_id.clone()).one(conn).await?;
    match (tree, key) {
        (Some(tree), Some(key)) if seal.is_signed_by(&key.public_key) => Ok(tree),
        _ => Err(broken),
    }
}
