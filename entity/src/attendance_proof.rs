//! What proves a remote or work-based sequence (D. 6313-3-1 and -2).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What proves a sequence.
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
pub enum ProofKind {
    Log,
    Work,
    Evaluation,
    Assistance,
    AfestPhase,
    Other,
}

crate::word!(ProofKind);

/// What proves a remote or work-based sequence (D. 6313-3-1 and -2).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_proof")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AttendanceProofId,
    pub attendance_id: crate::ids::AttendanceId,
    pub kind: ProofKind,
    pub document_id: Option<crate::ids::DocumentId>,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    pub dated_on: time::Date,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub voided_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
