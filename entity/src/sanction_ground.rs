//! A finding on which an act against a right stands.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

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
pub enum GroundKind {
    Nonconformity,
    OverdueActions,
    Reserve,
    RefusedInspection,
    Incident,
}

crate::word!(GroundKind);

/// A finding on which an act against a right stands.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sanction_ground")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SanctionGroundId,
    pub act_id: crate::ids::RightActId,
    pub kind: GroundKind,
    pub nonconformity_id: Option<crate::ids::NonconformityId>,
    pub reserve_id: Option<crate::ids::ReserveId>,
    pub inspection_id: Option<crate::ids::InspectionId>,
    /// What happened, for an incident; what the finding was at that moment, for the others.
    #[sea_orm(column_type = "Text")]
    pub words: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
