//! A tie between an expert and a candidate (domain reference, 1.7, J2 and J3).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How an expert knows a candidate.
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
pub enum CandidateTieKind {
    Trained,
    Supervised,
    Accompanied,
    Assessed,
    Family,
    Business,
    Dispute,
}

crate::word!(CandidateTieKind);

/// Where a tie comes from.
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
pub enum CandidateTieSource {
    Observation,
    DeclaredByExpert,
    DeclaredByCandidate,
    DeclaredByStructure,
    Recorded,
}

crate::word!(CandidateTieSource);

/// A tie between an expert and a candidate (domain reference, 1.7, J2 and J3).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_tie")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidateTieId,
    pub candidate_id: crate::ids::CandidateId,
    pub expert_id: crate::ids::ExpertId,
    pub kind: CandidateTieKind,
    pub since: time::Date,
    pub until: Option<time::Date>,
    pub source: CandidateTieSource,
    pub source_id: Option<uuid::Uuid>,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub voided_at: Option<Instant>,
    /// Why it was taken back.
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
