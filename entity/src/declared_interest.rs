//! A tie with a structure, declared by the expert or known from data; confidential.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Nature of the tie.
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
pub enum TieKind {
    EmployeeBoardOrProvider,
    Board,
    Shares,
    Family,
    SupportExpert,
    EpspTrainerOfTeam,
    Supervised,
    JuryPresident,
}

crate::word!(TieKind);

/// A tie with a structure, declared by the expert or known from data; confidential.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "declared_interest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::DeclaredInterestId,
    pub expert_id: crate::ids::ExpertId,
    pub structure_id: crate::ids::StructureId,
    pub tie: TieKind,
    pub since: Option<time::Date>,
    pub until: Option<time::Date>,
    #[sea_orm(column_type = "Text")]
    pub detail: String,
    pub declared_on: time::Date,
    /// Recorded by mistake: since then it counts no more and is kept for the record.
    pub voided_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
