//! The score of one criterion in the visit of a request.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Conforming, minor or major non-conformity, not applicable.
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
pub enum Score {
    Conforming,
    Minor,
    Major,
    NotApplicable,
}

crate::word!(Score);

/// The score of one criterion in the visit of a request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "grid_score")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::GridScoreId,
    pub request_id: crate::ids::AgreementRequestId,
    /// Which visit of the request, from 1.
    pub visit: i32,
    /// Version of the grid.
    #[sea_orm(column_type = "Text")]
    pub grid: String,
    #[sea_orm(column_type = "Text")]
    pub criterion: String,
    pub score: Score,
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub scored_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
