//! A person on a seat of a jury.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// A seat of a jury; an observer does not vote.
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
pub enum Seat {
    President,
    Employers,
    Employees,
    Other,
    Observer,
}

crate::word!(Seat);

/// Where the place of a member stands.
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
pub enum MemberState {
    Proposed,
    Accepted,
    Declined,
    Removed,
}

crate::word!(MemberState);

/// A person on a seat of a jury.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_member")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryMemberId,
    pub session_id: crate::ids::JurySessionId,
    pub expert_id: crate::ids::ExpertId,
    pub seat: Seat,
    pub state: MemberState,
    pub mission_id: Option<crate::ids::MissionId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub override_reason: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub remote: bool,
    pub identity_checked_at: Option<Instant>,
    pub impartial_at: Option<Instant>,
    pub position: i32,
    pub added_by: Option<crate::ids::AccountId>,
    pub added_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
