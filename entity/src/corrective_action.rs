//! What a structure does about a gap; another answer is another row.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where it stands.
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
pub enum ActionState {
    Draft,
    Submitted,
    Insufficient,
    Closed,
}

crate::word!(ActionState);

/// On what it was checked.
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
pub enum VerifiedBy {
    Documents,
    FollowUp,
}

crate::word!(VerifiedBy);

/// What a structure does about a gap; another answer is another row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "corrective_action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CorrectiveActionId,
    pub nonconformity_id: crate::ids::NonconformityId,
    /// From 1: the first answer, then the one after it was found insufficient.
    pub round: i32,
    pub state: ActionState,
    /// Why there was a gap, as the structure sees it.
    #[sea_orm(column_type = "Text")]
    pub cause: String,
    #[sea_orm(column_type = "Text")]
    pub correction: String,
    /// Who sees to it.
    #[sea_orm(column_type = "Text")]
    pub owner: String,
    pub written_by: Option<crate::ids::AccountId>,
    pub written_at: Instant,
    pub submitted_at: Option<Instant>,
    pub verified_by: Option<crate::ids::AccountId>,
    pub verified_at: Option<Instant>,
    pub verified_on: Option<VerifiedBy>,
    /// The inspection that checked it.
    pub follow_up_id: Option<crate::ids::InspectionId>,
    /// What the check found, or why it is not enough.
    #[sea_orm(column_type = "Text", nullable)]
    pub verification: Option<String>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
