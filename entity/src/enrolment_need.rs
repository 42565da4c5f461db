//! The need and the positioning of a person, before the contract (domain reference, 4.4).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Whether the prerequisites are met.
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
pub enum Prerequisites {
    NoneAsked,
    Met,
    NotMet,
    ToCheck,
}

crate::word!(Prerequisites);

/// How a person was positioned.
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
pub enum Positioning {
    None,
    Test,
    Interview,
    SelfAssessed,
}

crate::word!(Positioning);

/// Who told the need.
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
pub enum FilledBy {
    Trainee,
    Employer,
    Staff,
}

crate::word!(FilledBy);

/// The need and the positioning of a person, before the contract (domain reference, 4.4).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_need")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EnrolmentNeedId,
    pub enrolment_id: crate::ids::EnrolmentId,
    #[sea_orm(column_type = "Text")]
    pub expectations: String,
    #[sea_orm(column_type = "Text")]
    pub employer_view: String,
    #[sea_orm(column_type = "Text")]
    pub funder_view: String,
    /// What the objectives are based on.
    #[sea_orm(column_type = "Text")]
    pub basis: String,
    pub prerequisites: Prerequisites,
    pub positioning: Positioning,
    #[sea_orm(column_type = "Text")]
    pub positioning_result: String,
    pub filled_by: FilledBy,
    pub signed_on: Option<time::Date>,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
