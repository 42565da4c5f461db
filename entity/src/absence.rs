//! Days during which an expert takes no mission.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Why; confidential, and optional.
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
pub enum AbsenceReason {
    Leave,
    Training,
    Health,
    Family,
    Work,
    Other,
}

crate::word!(AbsenceReason);

/// Days during which an expert takes no mission.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "absence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AbsenceId,
    pub expert_id: crate::ids::ExpertId,
    pub starts_on: time::Date,
    pub ends_on: time::Date,
    /// Read by the expert and the managers alone.
    pub reason: Option<AbsenceReason>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
