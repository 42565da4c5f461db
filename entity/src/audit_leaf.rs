//! The place of an event in the Merkle tree.

use sea_orm::entity::prelude::*;

/// The place of an event in the Merkle tree.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_leaf")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// From zero, without a hole.
    pub seq: i64,
    pub event_id: crate::ids::AuditEventId,
    pub hash: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
