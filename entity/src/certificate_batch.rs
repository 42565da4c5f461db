//! The certificates of a session, typeset together.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where a batch stands.
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
pub enum BatchState {
    Waiting,
    Running,
    Done,
    Failed,
}

crate::word!(BatchState);

/// The certificates of a session, typeset together.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CertificateBatchId,
    pub session_id: crate::ids::JurySessionId,
    pub state: BatchState,
    pub total: i32,
    pub done: i32,
    pub archive_id: Option<crate::ids::DocumentId>,
    /// Why its files could not be made, as the program says it.
    #[sea_orm(column_type = "Text", nullable)]
    pub failure: Option<String>,
    pub asked_by: Option<crate::ids::AccountId>,
    pub asked_at: Instant,
    pub ended_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
