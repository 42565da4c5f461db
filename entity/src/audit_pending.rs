//! An event that waits for its place in the Merkle tree. Triggers add the row with
//! the event and remove it with the leaf.

use sea_orm::entity::prelude::*;

/// An event that waits for its place in the Merkle tree.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_pending")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: crate::ids::AuditEventId,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
