//! A code that replaces the second factor once.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A code that replaces the second factor once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RecoveryCodeId,
    pub account_id: crate::ids::AccountId,
    pub code_hash: Vec<u8>,
    pub used_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
