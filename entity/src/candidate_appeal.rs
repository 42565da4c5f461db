//! A decision of a jury contested by its candidate (domain reference, 1.11).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How an appeal ended.
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
pub enum AppealOutcome {
    Upheld,
    Corrected,
    Annulled,
}

crate::word!(AppealOutcome);

/// A decision of a jury contested by its candidate (domain reference, 1.11).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_appeal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidateAppealId,
    pub passage_id: crate::ids::JuryPassageId,
    pub candidate_id: crate::ids::CandidateId,
    #[sea_orm(column_type = "Text")]
    pub grounds: String,
    pub lodged_at: Instant,
    pub acknowledged_at: Option<Instant>,
    pub answer_due_at: Instant,
    pub outcome: Option<AppealOutcome>,
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    pub settled_by: Option<crate::ids::AccountId>,
    pub settled_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
