//! What a person had learnt of one objective, at entry, on the way or at the end.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// When learning is assessed.
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
pub enum Moment {
    Entry,
    During,
    End,
}

crate::word!(Moment);

/// What was found.
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
pub enum Acquired {
    Acquired,
    InProgress,
    NotAcquired,
}

crate::word!(Acquired);

/// What a person had learnt of one objective, at entry, on the way or at the end.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_assessment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EnrolmentAssessmentId,
    pub enrolment_id: crate::ids::EnrolmentId,
    pub moment: Moment,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub objective: String,
    pub skill_id: Option<crate::ids::SkillId>,
    pub result: Acquired,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub assessor_id: Option<crate::ids::ExpertId>,
    pub assessed_on: time::Date,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
