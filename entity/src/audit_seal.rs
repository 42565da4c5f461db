//! A signed head of the Merkle tree.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A signed head of the Merkle tree.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tree_size: i64,
    pub root: Vec<u8>,
    /// Hashes of the complete subtrees, in hexadecimal, joined by commas.
    #[sea_orm(column_type = "Text")]
    pub frontier: String,
    pub signed_at: Instant,
    #[sea_orm(column_type = "Text")]
    pub key_id: String,
    pub signature: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
