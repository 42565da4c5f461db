//! What an expert claims for a mission: its fee and what was spent.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where the claim stands.
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
pub enum ClaimState {
    Submitted,
    Returned,
    Certified,
    Paid,
}

crate::word!(ClaimState);

/// What an expert claims for a mission: its fee and what was spent.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expense_claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ExpenseClaimId,
    pub mission_id: crate::ids::MissionId,
    pub state: ClaimState,
    pub fee_cents: i64,
    /// The sum of the lines.
    pub expenses_cents: i64,
    /// Why it goes above a ceiling.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// Why it was sent back.
    #[sea_orm(column_type = "Text", nullable)]
    pub return_reason: Option<String>,
    pub submitted_at: Instant,
    /// When the certifier said that the service was done.
    pub certified_at: Option<Instant>,
    pub certified_by: Option<crate::ids::AccountId>,
    /// Day of the payment.
    pub paid_on: Option<time::Date>,
    /// Reference of the payment.
    #[sea_orm(column_type = "Text", nullable)]
    pub payment: Option<String>,
    /// The employer to whom it is to be paid; none for the person.
    #[sea_orm(column_type = "Text", nullable)]
    pub employer_name: Option<String>,
    /// SIRET of that employer.
    #[sea_orm(column_type = "Text", nullable)]
    pub employer_siret: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
