//! What a tablet sent, once each: the key is made on the tablet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What became of what a tablet sent.
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
pub enum ChangeOutcome {
    Applied,
    Conflict,
    Refused,
}

crate::word!(ChangeOutcome);

/// What a tablet sent, once each: the key is made on the tablet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryChangeId,
    pub session_id: crate::ids::JurySessionId,
    pub passage_id: Option<crate::ids::JuryPassageId>,
    #[sea_orm(column_type = "Text")]
    pub field: String,
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// Version of the passage that whoever typed saw.
    pub seen: i32,
    /// Version of the passage after it.
    pub version: i32,
    /// The tablet; none for a form of the pages.
    pub device: Option<uuid::Uuid>,
    pub typed_at: Instant,
    pub received_at: Instant,
    pub outcome: ChangeOutcome,
    /// Why it was not applied, as it was said; empty when it was.
    #[sea_orm(column_type = "Text")]
    pub message: String,
    pub sent_by: Option<crate::ids::AccountId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
