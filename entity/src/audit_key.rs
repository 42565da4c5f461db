//! A public key that signs or signed heads.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A public key that signs or signed heads.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: String,
    pub public_key: Vec<u8>,
    pub created_at: Instant,
    pub retired_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
