//! A candidate in a session: presence, results, decision.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Whether the candidate came.
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
pub enum Presence {
    Expected,
    Present,
    Absent,
    AbsentExcused,
}

crate::word!(Presence);

/// A candidate in a session: presence, results, decision.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_passage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryPassageId,
    pub session_id: crate::ids::JurySessionId,
    pub candidate_id: crate::ids::CandidateId,
    pub position: i32,
    pub live: bool,
    pub attempt: i32,
    pub starts_at: Option<Instant>,
    pub presence: Presence,
    #[sea_orm(column_type = "Text", nullable)]
    pub presence_reason: Option<String>,
    pub identity_document: crate::candidate::IdentityDocument,
    pub heard_at: Option<Instant>,
    pub proposal: Option<crate::candidate::JuryDecision>,
    pub decision: Option<crate::candidate::JuryDecision>,
    #[sea_orm(column_type = "Text", nullable)]
    pub decision_reason: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub recommendations: String,
    #[sea_orm(column_type = "Text")]
    pub observations: String,
    pub decided_at: Option<Instant>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
