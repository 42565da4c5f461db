//! One expense of a claim.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What the expense is.
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
pub enum ExpenseKind {
    Mileage,
    Night,
    Meal,
    Transport,
    Other,
}

crate::word!(ExpenseKind);

/// One expense of a claim.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "expense_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ExpenseLineId,
    pub claim_id: crate::ids::ExpenseClaimId,
    pub position: i32,
    /// The day of the expense, where the mission takes place.
    pub spent_on: time::Date,
    pub kind: ExpenseKind,
    /// Kilometres, nights, meals; one for the others.
    pub quantity: i32,
    pub amount_cents: i64,
    #[sea_orm(column_type = "Text")]
    pub label: String,
    /// The document that proves it; none for kilometres.
    pub receipt_id: Option<crate::ids::DocumentId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
