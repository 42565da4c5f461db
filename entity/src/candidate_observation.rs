//! A dated observation of a skill in a real situation (domain reference, 1.6).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What an observation says of a skill.
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
pub enum Observed {
    Acquired,
    InProgress,
    NotAcquired,
}

crate::word!(Observed);

/// A dated observation of a skill in a real situation (domain reference, 1.6).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_observation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidateObservationId,
    pub candidate_id: crate::ids::CandidateId,
    pub skill_id: crate::ids::SkillId,
    pub observed_on: time::Date,
    #[sea_orm(column_type = "Text")]
    pub situation: String,
    #[sea_orm(column_type = "Text")]
    pub assessor: String,
    pub assessor_expert_id: Option<crate::ids::ExpertId>,
    pub result: Observed,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    #[sea_orm(column_type = "Text")]
    pub candidate_comment: String,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    /// When it was taken back.
    pub voided_at: Option<Instant>,
    /// Why.
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
