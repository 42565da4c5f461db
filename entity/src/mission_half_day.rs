//! A half-day that a mission takes from a person.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The half of a day, cut at one in the afternoon where the mission takes place.
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
pub enum Half {
    Morning,
    Afternoon,
}

crate::word!(Half);

/// A half-day that a mission takes from a person.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mission_half_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MissionHalfDayId,
    pub mission_id: crate::ids::MissionId,
    pub expert_id: crate::ids::ExpertId,
    pub day: time::Date,
    pub half: Half,
    /// False once the person no longer has the mission.
    pub held: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
