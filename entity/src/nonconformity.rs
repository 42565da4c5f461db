//! A gap found by an inspection, and until when it is to be put right.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How grave.
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
pub enum Severity {
    Minor,
    Major,
}

crate::word!(Severity);

/// Where it stands: a gap that the comments removed is dropped.
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
pub enum NonconformityState {
    Found,
    ActionsRequested,
    Answered,
    Insufficient,
    Overdue,
    Closed,
    Dropped,
}

crate::word!(NonconformityState);

/// A gap found by an inspection, and until when it is to be put right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "nonconformity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::NonconformityId,
    pub inspection_id: crate::ids::InspectionId,
    pub agreement_id: crate::ids::AgreementId,
    /// From 1, in the order of the grid.
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub criterion: String,
    #[sea_orm(column_type = "Text")]
    pub finding: String,
    pub severity: Severity,
    pub state: NonconformityState,
    /// None before actions were asked for.
    pub due_on: Option<time::Date>,
    /// Whether another day was given after an insufficient answer, which is done once.
    pub extended: bool,
    /// The reserve that it is about.
    pub reserve_id: Option<crate::ids::ReserveId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub drop_reason: Option<String>,
    pub closed_at: Option<Instant>,
    pub warned: i32,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
