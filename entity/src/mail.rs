//! A message committed with the act that caused it; its recipients are resolved when it is sent.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where the message is.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    Pending,
    Sending,
    Sent,
    Skipped,
    Failed,
}

crate::word!(MailState);

/// A message committed with the act that caused it; its recipients are resolved when it is sent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MailId,
    pub event_id: crate::ids::AuditEventId,
    #[sea_orm(column_type = "Text")]
    pub template: String,
    /// Fingerprint of the files that wrote it; empty before it was kept.
    #[sea_orm(column_type = "Text")]
    pub template_version: String,
    pub recipient: Json,
    /// Why the person receives it.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub body_text: String,
    #[sea_orm(column_type = "Text")]
    pub body_html: String,
    /// The object of the invitation, as `text/calendar`.
    #[sea_orm(column_type = "Text", nullable)]
    pub calendar: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub calendar_method: Option<String>,
    /// Condition checked again at sending.
    pub applies: Option<Json>,
    #[sea_orm(column_type = "Text")]
    pub subject_kind: String,
    pub subject_id: uuid::Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub dedupe: Option<String>,
    pub state: MailState,
    pub attempts: i32,
    pub due_at: Instant,
    pub lease_until: Option<Instant>,
    /// Last answer of the relay.
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    pub created_at: Instant,
    pub sent_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
