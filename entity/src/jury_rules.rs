//! How a jury of a referential is made and decides (1.7 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who presides.
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
pub enum President {
    Mandataire,
    /// A member of one college, then of the other.
    CollegesInTurn,
}

crate::word!(President);

/// How a jury decides.
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
pub enum Majority {
    /// More than half.
    Absolute,
    TwoThirds,
    Unanimity,
}

crate::word!(Majority);

/// How a jury of a referential is made and decides (1.7 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the rules of a jury")]
#[sea_orm(table_name = "jury_rules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub referential_id: crate::ids::ReferentialId,
    pub president: President,
    pub employers_min: i32,
    pub employees_min: i32,
    pub others_max: i32,
    /// None for any number.
    pub observers_max: Option<i32>,
    pub quorum_employers: i32,
    pub quorum_employees: i32,
    /// Voting members, the president among them.
    pub quorum_total: i32,
    pub majority: Majority,
    pub casting_vote: bool,
    /// Whether who abstains counts as present.
    pub abstention_counts: bool,
    pub max_per_half_day: i32,
    pub minutes_per_candidate: i32,
    /// Juries running of one president in one structure.
    pub rotation_limit: i32,
    pub president_days: i32,
    pub members_days: i32,
    pub candidates_days: i32,
    pub files_days: i32,
    pub remote_allowed: bool,
    pub remote_in_quorum: bool,
    pub cpnef_validation: bool,
    /// Address of the account that validates them for it.
    pub cpnef_signer: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
