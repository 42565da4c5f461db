//! A college that a person may sit for in juries.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// A college of the branch, or another professional.
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
pub enum College {
    Employers,
    Employees,
    Other,
}

crate::word!(College);

/// A college that a person may sit for in juries.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "college_seat")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CollegeSeatId,
    pub expert_id: crate::ids::ExpertId,
    pub college: College,
    #[sea_orm(column_type = "Text")]
    pub quality: String,
    #[sea_orm(column_type = "Text")]
    pub appointed_by: String,
    pub since: time::Date,
    pub until: Option<time::Date>,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
