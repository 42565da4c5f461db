//! What the positioning found of a skill.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What the positioning says of a skill.
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
pub enum Positioned {
    Acquired,
    ToWorkOn,
    NotSeen,
}

crate::word!(Positioned);

/// What the positioning found of a skill.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_positioning")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidatePositioningId,
    pub candidate_id: crate::ids::CandidateId,
    pub skill_id: crate::ids::SkillId,
    pub result: Positioned,
    pub recorded_on: time::Date,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
