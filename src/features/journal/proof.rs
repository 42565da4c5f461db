//! Proofs that travel: an event is under a seal, a seal continues another.
//!
//! Cost: the frontier stored with each seal gives what is on the left, so only the leaf hashes on the right of the
//! event are read (32 bytes each, by pages, never held together), and only those between two seals for consistency. On
//! a million events, at worst one pass over that column.

use std::ops::Range;

use entity::ids::AuditEventId;
use entity::{audit_leaf, audit_seal};
use sea_orm::{ColumnTrait, DatabaseConnection, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::error::JournalError;
use super::walk::{self, signed};
use crate::db;
use crate::events::{Seal, frontier_of};
use crate::rules::merkle::{Frontier, Hash, Node, consistency_plan, inclusion_plan};

/// Hashes read together.
const PAGE: u64 = 5_000;

/// An event is under a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inclusion {
    /// Its place, from zero.
    pub seq: u64,
    /// Its leaf hash.
    pub leaf: Hash,
    /// The newest seal.
    pub seal: Seal,
    /// From the leaf to the root (RFC 9162, 2.1.3).
    pub path: Vec<Hash>,
}

/// A seal continues another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consistency {
    /// The older.
    pub from: Seal,
    /// The newer.
    pub to: Seal,
    /// RFC 9162, 2.1.4.
    pub path: Vec<Hash>,
}

/// Proves that an event is under the newest seal.
///
/// # Errors
/// The event has no seal yet, or the database.
pub async fn inclusion(conn: &DatabaseConnection, event: AuditEventId) -> Result<Inclusion, JournalError> {
    let leaf = audit_leaf::Entity::find().filter(audit_leaf::Column::EventId.eq(event)).one(conn).await?;
    let leaf = leaf.ok_or(JournalError::NotSealed)?;
    let seal = walk::newest_seal(conn).await?.ok_or(JournalError::NotSealed)?;
    let seq = leaf.seq.unsigned_abs();
    let plan = inclusion_plan(seq, seal.tree_size).ok_or(JournalError::NotSealed)?;
    let path = follow(conn, plan, seq).await?;
    Ok(Inclusion { seq, leaf: hash(leaf.hash)?, seal, path })
}

/// Proves that a seal continues an older one.
///
/// # Errors
/// There is no such seal, or the database.
pub async fn consistency(conn: &DatabaseConnection, from: u64, to: u64) -> Result<Consistency, JournalError> {
    let (older, newer) = (seal(conn, from).await?, seal(conn, to).await?);
    let plan = consistency_plan(from, to).ok_or(JournalError::WrongOrder)?;
    let path = follow(conn, plan, from).await?;
    Ok(Consistency { from: older, to: newer, path })
}

async fn seal(conn: &DatabaseConnection, size: u64) -> Result<Seal, JournalError> {
    let row = audit_seal::Entity::find_by_id(signed(size)).one(conn).await?;
    row.as_ref().and_then(Seal::from_row).ok_or(JournalError::NoSuchSeal)
}

fn hash(bytes: Vec<u8>) -> Result<Hash, db::Error> {
    let what = "not a SHA-256";
    bytes.try_into().map_err(|_| db::Error::Inconsistent { table: "audit_leaf", id: String::new(), what })
}

async fn follow(conn: &DatabaseConnection, plan: Vec<Node>, older: u64) -> Result<Vec<Hash>, db::Error> {
    let peaks = if plan.iter().any(|node| matches!(node, Node::Peak(_))) {
        tree_of(conn, older).await?.hashes().to_vec()
    } else {
        Vec::new()
    };
    let mut path = Vec::with_capacity(plan.len());
    for node in plan {
        path.push(match node {
            Node::Over(range) => add(conn, Frontier::default(), range).await?.root(),
            Node::Peak(rank) => {
                let what = "does not go with its leaves";
                let none = || db::Error::Inconsistent { table: "audit_seal", id: older.to_string(), what };
                *peaks.get(rank).ok_or_else(none)?
            }
        });
    }
    Ok(path)
}

/// The tree of the first leaves: the frontier of the seal before, and what comes between.
async fn tree_of(conn: &DatabaseConnection, size: u64) -> Result<Frontier, db::Error> {
    let seal = audit_seal::Entity::find()
        .filter(audit_seal::Column::TreeSize.lte(signed(size)))
        .order_by_desc(audit_seal::Column::TreeSize)
        .one(conn)
        .await?;
    let stored = seal.and_then(|row| frontier_of(row.tree_size.unsigned_abs(), &row.frontier));
    let tree = stored.unwrap_or_default();
    let between = tree.size()..size;
    add(conn, tree, between).await
}

/// Adds the leaf hashes of a range to a tree.
async fn add(
    conn: &DatabaseConnection,
    mut tree: Frontier,
    range: Range<u64>,
) -> Result<Frontier, db::Error> {
    let mut from = range.start;
    while from < range.end {
        let hashes: Vec<Vec<u8>> = audit_leaf::Entity::find()
            .select_only()
            .column(audit_leaf::Column::Hash)
            .filter(audit_leaf::Column::Seq.gte(signed(from)))
            .filter(audit_leaf::Column::Seq.lt(signed(range.end.min(from + PAGE))))
            .order_by_asc(audit_leaf::Column::Seq)
            .into_tuple()
            .all(conn)
            .await?;
        if hashes.is_empty() {
            let what = "missing: verify the journal";
            return Err(db::Error::Inconsistent { table: "audit_leaf", id: from.to_string(), what });
        }
        from += PAGE;
        for bytes in hashes {
            tree.append(hash(bytes)?);
        }
    }
    Ok(tree)
}
