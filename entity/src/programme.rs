//! A programme of training, whatever its version (domain reference, 4.1).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What a programme is about.
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
pub enum Theme {
    Regulatory,
    HealthSafety,
    Management,
    Sector,
}

crate::word!(Theme);

/// Where a programme stands.
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
pub enum ProgrammeState {
    Draft,
    Published,
    Retired,
}

crate::word!(ProgrammeState);

/// What whoever teaches must hold on the day.
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
pub enum TrainerRight {
    None,
    Epsp,
}

crate::word!(TrainerRight);

/// A programme of training, whatever its version (domain reference, 4.1).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ProgrammeId,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    /// The end of its address in the catalogue.
    #[sea_orm(column_type = "Text")]
    pub slug: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub theme: Theme,
    pub state: ProgrammeState,
    pub trainer_right: TrainerRight,
    pub certification_id: Option<crate::ids::CertificationId>,
    /// Months after which what it gives is to be renewed; none when it is for ever.
    pub recycling_months: Option<i32>,
    pub retired_on: Option<time::Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub external_ref: Option<String>,
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
