//! A decision on a request. A row that is added, never overwritten.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What was decided.
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
pub enum Outcome {
    Grant,
    GrantWithReserves,
    Adjourn,
    Refuse,
}

crate::word!(Outcome);

/// A decision on a request. A row that is added, never overwritten.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::DecisionId,
    pub request_id: crate::ids::AgreementRequestId,
    pub committee_id: Option<crate::ids::CommitteeId>,
    pub outcome: Outcome,
    /// Word for word in the letter.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub starts_on: Option<time::Date>,
    pub ends_on: Option<time::Date>,
    /// What is missing is due, for an adjournment.
    pub due_on: Option<time::Date>,
    pub decided_by: crate::ids::AccountId,
    pub decided_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
