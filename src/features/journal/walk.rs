//! Reading the tree in order, page by page: what the verification and the export share.

use std::collections::{HashMap, VecDeque};

use entity::ids::AuditEventId;
use entity::{audit_event, audit_key, audit_leaf, audit_seal};
use sea_orm::{ColumnTrait, DatabaseConnection, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::chain::SealKey;
use crate::events::{Seal, unix_millis};

/// Rows read together: bounds the memory.
pub(super) const PAGE: u64 = 500;

/// A leaf and its event, when there is one.
pub(super) struct Leaf {
    pub(super) seq: u64,
    pub(super) event_id: AuditEventId,
    pub(super) hash: Vec<u8>,
    pub(super) event: Option<audit_event::Model>,
}

/// The next leaves from a place, below an end.
pub(super) async fn leaves(conn: &DatabaseConnection, from: u64, until: u64) -> Result<Vec<Leaf>, DbErr> {
    let rows = audit_leaf::Entity::find()
        .filter(audit_leaf::Column::Seq.gte(signed(from)))
        .filter(audit_leaf::Column::Seq.lt(signed(until)))
        .order_by_asc(audit_leaf::Column::Seq)
        .limit(PAGE)
        .all(conn)
        .await?;
    let ids = rows.iter().map(|row| row.event_id);
    let events = audit_event::Entity::find().filter(audit_event::Column::Id.is_in(ids)).all(conn).await?;
    let mut events: HashMap<_, _> = events.into_iter().map(|event| (event.id, event)).collect();
    let leaf = |row: audit_leaf::Model| Leaf {
        seq: row.seq.unsigned_abs(),
        event_id: row.event_id,
        hash: row.hash,
        event: events.remove(&row.event_id),
    };
    Ok(rows.into_iter().map(leaf).collect())
}

/// A number of the database.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The seals in order, one at a time.
pub(super) struct Seals {
    after: i64,
    until: i64,
    page: VecDeque<audit_seal::Model>,
}

impl Seals {
    /// The seals greater than a size, up to another.
    pub(super) fn new(after: u64, until: u64) -> Self {
        Self { after: signed(after), until: signed(until), page: VecDeque::new() }
    }

    /// The next one, left where it is.
    pub(super) async fn peek(
        &mut self,
        conn: &DatabaseConnection,
    ) -> Result<Option<&audit_seal::Model>, DbErr> {
        if self.page.is_empty() && self.after < self.until {
            let rows = audit_seal::Entity::find()
                .filter(audit_seal::Column::TreeSize.gt(self.after))
                .filter(audit_seal::Column::TreeSize.lte(self.until))
                .order_by_asc(audit_seal::Column::TreeSize)
                .limit(PAGE)
                .all(conn)
                .await?;
            self.after = rows.last().map_or(self.until, |row| row.tree_size);
            self.page = rows.into();
        }
        Ok(self.page.front())
    }

    /// Takes it.
    pub(super) fn take(&mut self) -> Option<audit_seal::Model> {
        self.page.pop_front()
    }
}

/// The newest seal.
pub(super) async fn head(conn: &DatabaseConnection) -> Result<Option<audit_seal::Model>, DbErr> {
    audit_seal::Entity::find().order_by_desc(audit_seal::Column::TreeSize).one(conn).await
}

/// The newest seal, when its row can be read.
///
/// # Errors
/// What the database answers.
pub async fn newest_seal(conn: &DatabaseConnection) -> Result<Option<Seal>, DbErr> {
    Ok(head(conn).await?.as_ref().and_then(Seal::from_row))
}

/// Every key, the oldest first.
pub(super) async fn keys(conn: &DatabaseConnection) -> Result<Vec<audit_key::Model>, DbErr> {
    audit_key::Entity::find().order_by_asc(audit_key::Column::CreatedAt).all(conn).await
}

impl From<&audit_key::Model> for SealKey {
    fn from(row: &audit_key::Model) -> Self {
        Self {
            key_id: row.key_id.clone(),
            public_key: row.public_key.clone(),
            retired_at: row.retired_at.map(unix_millis),
        }
    }
}
