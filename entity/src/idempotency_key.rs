//! The answer given to a POST that carried an Idempotency-Key, given again to a repeat.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// The answer given to a POST that carried an Idempotency-Key, given again to a repeat.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Derived from the caller and the key.
    pub id: uuid::Uuid,
    pub request_hash: Vec<u8>,
    /// Empty while the first call is still running.
    pub status: Option<i32>,
    /// JSON, or a file when the content type says so.
    pub body: Option<Vec<u8>>,
    #[sea_orm(column_type = "Text", nullable)]
    pub content_type: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub disposition: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub location: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub etag: Option<String>,
    pub created_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
