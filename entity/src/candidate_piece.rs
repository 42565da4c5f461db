//! A file of a candidate; a new version is a new row.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What a file of a candidate is.
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
pub enum CandidatePieceKind {
    PositioningSheet,
    Livret,
    ImmersionAgreement,
    TutorEvaluation,
    JuryFile,
    Consent,
    Other,
}

crate::word!(CandidatePieceKind);

/// A file of a candidate; a new version is a new row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_piece")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidatePieceId,
    pub candidate_id: crate::ids::CandidateId,
    pub kind: CandidatePieceKind,
    pub document_id: crate::ids::DocumentId,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    pub added_by: Option<crate::ids::AccountId>,
    pub added_at: Instant,
    pub removed_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
