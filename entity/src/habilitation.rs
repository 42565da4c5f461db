//! The dated right of an expert to hold a duty.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What an expert is entitled to do.
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
pub enum Duty {
    Mandataire,
    Controleur,
    Epsp,
}

crate::word!(Duty);

/// State of the habilitation.
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
pub enum HabilitationState {
    Active,
    Suspended,
    Expired,
    Resigned,
    Withdrawn,
}

crate::word!(HabilitationState);

/// The dated right of an expert to hold a duty.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "habilitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::HabilitationId,
    pub expert_id: crate::ids::ExpertId,
    pub duty: Duty,
    pub state: HabilitationState,
    pub starts_on: time::Date,
    pub ends_on: time::Date,
    /// None = all.
    pub certification_id: Option<crate::ids::CertificationId>,
    /// INSEE region codes joined by commas; empty = everywhere.
    #[sea_orm(column_type = "Text")]
    pub regions: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
