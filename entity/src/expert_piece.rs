//! A piece of the file of an expert: CV, certificates, attestations.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What the piece is.
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
pub enum PieceCode {
    Cv,
    Certificate,
    Vigilance,
    Insurance,
    EmployerLetter,
    Other,
}

crate::word!(PieceCode);

/// A piece of the file of an expert.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expert_piece")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ExpertPieceId,
    pub expert_id: crate::ids::ExpertId,
    pub code: PieceCode,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub proof_on: time::Date,
    pub valid_until: Option<time::Date>,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    /// Recorded by mistake: since then it counts no more and is kept for the record.
    pub voided_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
