//! A sum received.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How a sum came.
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
pub enum PaymentWay {
    Transfer,
    Cheque,
    DirectDebit,
    Cash,
    Other,
}

crate::word!(PaymentWay);

/// From whom a sum came.
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
pub enum PaidBy {
    Buyer,
    Funder,
}

crate::word!(PaidBy);

/// A sum received.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_payment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InvoicePaymentId,
    pub invoice_id: crate::ids::InvoiceId,
    pub amount_cents: i64,
    pub received_on: time::Date,
    pub way: PaymentWay,
    pub payer: PaidBy,
    #[sea_orm(column_type = "Text")]
    pub reference: String,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub voided_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
