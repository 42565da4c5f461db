//! The frozen minutes of a session; a correction is a new row.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Minutes, or those of a jury without quorum.
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
pub enum MinutesKind {
    Minutes,
    NoQuorum,
}

crate::word!(MinutesKind);

/// Where minutes stand.
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
pub enum MinutesState {
    ToSign,
    Signed,
    Checked,
    Replaced,
}

crate::word!(MinutesState);

/// The frozen minutes of a session; a correction is a new row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_minutes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryMinutesId,
    pub session_id: crate::ids::JurySessionId,
    pub revision: i32,
    pub kind: MinutesKind,
    pub state: MinutesState,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub content_hash: Vec<u8>,
    pub document_id: Option<crate::ids::DocumentId>,
    pub signed_document_id: Option<crate::ids::DocumentId>,
    pub rectifies_id: Option<crate::ids::JuryMinutesId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub rectifies_why: Option<String>,
    pub frozen_at: Instant,
    pub validated_on: Option<time::Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub validated_list: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
