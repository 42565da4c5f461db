//! How results become a decision, and what follows (1.8 and 1.11 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What several épreuves on one skill say together.
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
pub enum Combine {
    /// Acquired when all are passed.
    Every,
    /// Acquired when one is passed.
    Any,
    /// What they say alike; the jury decides when they differ.
    Agree,
}

crate::word!(Combine);

/// How results become a decision, and what follows (1.8 and 1.11 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "result_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub referential_id: crate::ids::ReferentialId,
    pub combine: Combine,
    pub partial_allowed: bool,
    /// None for life.
    pub bloc_validity_years: Option<i32>,
    /// Years from the first enrolment; none without limit.
    pub resit_years: Option<i32>,
    /// Between two attempts.
    pub resit_gap_months: i32,
    /// Whether only what is missing is taken again.
    pub resit_missing_only: bool,
    pub appeal_months: i32,
    pub appeal_ack_days: i32,
    pub appeal_answer_months: i32,
    pub grades_printed: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
