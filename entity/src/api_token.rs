//! A token of the API, acting as its account. Only its hash is kept.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A token of the API, acting as its account. Only its hash is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ApiTokenId,
    pub account_id: crate::ids::AccountId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub token_hash: Vec<u8>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub last_used_at: Option<Instant>,
    pub revoked_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
