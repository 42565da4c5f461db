//! What was put right after a claim was paid: a sum paid more, or taken back. A paid claim itself never changes.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What was put right after a claim was paid: a sum paid more, or taken back.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim_correction")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ClaimCorrectionId,
    pub claim_id: crate::ids::ExpenseClaimId,
    /// Paid more; below zero when taken back.
    pub amount_cents: i64,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    /// Day of the payment, or of the refund.
    pub paid_on: time::Date,
    /// Its reference.
    #[sea_orm(column_type = "Text")]
    pub payment: String,
    pub corrected_at: Instant,
    pub corrected_by: Option<crate::ids::AccountId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
