//! What a tablet sent for an inspection, once each: the key is made on the tablet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What it is about.
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
pub enum ChangeKind {
    Answer,
    Photo,
    Note,
}

crate::word!(ChangeKind);

/// What became of it; aside: kept for a person, the inspection being performed or cancelled.
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
    Aside,
}

crate::word!(ChangeOutcome);

/// What a tablet sent for an inspection, once each: the key is made on the tablet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InspectionChangeId,
    pub inspection_id: crate::ids::InspectionId,
    pub key: uuid::Uuid,
    /// The tablet; none for a form of the pages.
    pub device: Option<uuid::Uuid>,
    pub kind: ChangeKind,
    /// Empty for what is about the whole inspection.
    #[sea_orm(column_type = "Text")]
    pub criterion: String,
    /// What was typed, in JSON.
    #[sea_orm(column_type = "Text")]
    pub value: String,
    /// Version of the answer that whoever typed saw; 0 when there was none.
    pub seen: i32,
    /// Version of the answer after it.
    pub version: i32,
    pub typed_at: Instant,
    pub received_at: Instant,
    pub outcome: ChangeOutcome,
    /// Why it was not applied, as it was said; empty when it was.
    #[sea_orm(column_type = "Text")]
    pub message: String,
    pub sent_by: Option<crate::ids::AccountId>,
    /// When a person chose what to do of it.
    pub settled_at: Option<Instant>,
    pub settled_by: Option<crate::ids::AccountId>,
    /// Whether it was applied after all.
    pub kept: Option<bool>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
