//! A personal value that an event refers to by its salted hash, kept apart so that it can be erased.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A personal value that an event refers to by its salted hash, kept apart so that it can be erased.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_personal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: uuid::Uuid,
    pub event_id: crate::ids::AuditEventId,
    #[sea_orm(column_type = "Text")]
    pub field: String,
    pub salt: Vec<u8>,
    /// None once erased.
    #[sea_orm(column_type = "Text", nullable)]
    pub value: Option<String>,
    pub erased_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
