//! What happened. Append-only: the database refuses UPDATE and DELETE.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What happened. Append-only: the database refuses UPDATE and DELETE.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AuditEventId,
    pub at: Instant,
    #[sea_orm(column_type = "Text")]
    pub actor_kind: String,
    pub actor_id: Option<uuid::Uuid>,
    #[sea_orm(column_type = "Text")]
    pub role: String,
    #[sea_orm(column_type = "Text")]
    pub channel: String,
    #[sea_orm(column_type = "Text")]
    pub permission: String,
    /// Stable name, `agreement_request.granted`.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Code of the domain tables, `AGR_GRANTED`.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub subject_kind: String,
    pub subject_id: uuid::Uuid,
    #[sea_orm(column_type = "Text")]
    pub subject_label: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub state_before: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub state_after: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// Canonical JSON list of [id, sha256].
    #[sea_orm(column_type = "Text")]
    pub documents: String,
    /// Canonical JSON list of ids.
    #[sea_orm(column_type = "Text")]
    pub mails: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub request_id: Option<String>,
    /// RFC 9162 leaf hash of the canonical event.
    pub hash: Vec<u8>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
