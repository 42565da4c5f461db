//! An invoice or a credit note (domain reference, 4.6).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Invoice or credit note.
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
pub enum InvoiceKind {
    Invoice,
    CreditNote,
}

crate::word!(InvoiceKind);

/// Where an invoice stands.
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
pub enum InvoiceState {
    Draft,
    Issued,
    PartPaid,
    Paid,
    Credited,
    Discarded,
}

crate::word!(InvoiceState);

/// Who is invoiced.
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
pub enum InvoiceParty {
    Company,
    Funder,
    Person,
}

crate::word!(InvoiceParty);

/// An invoice or a credit note (domain reference, 4.6).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InvoiceId,
    /// None for a draft.
    #[sea_orm(column_type = "Text", nullable)]
    pub number: Option<String>,
    pub kind: InvoiceKind,
    pub state: InvoiceState,
    pub party: InvoiceParty,
    pub session_id: Option<crate::ids::TrainingSessionId>,
    pub buyer_id: Option<crate::ids::TrainingBuyerId>,
    pub funding_id: Option<crate::ids::FundingId>,
    /// Whose structure sees it.
    pub structure_id: Option<crate::ids::StructureId>,
    /// Whose account sees it.
    pub account_id: Option<crate::ids::AccountId>,
    pub credits_id: Option<crate::ids::InvoiceId>,
    #[sea_orm(column_type = "Text")]
    pub party_name: String,
    #[sea_orm(column_type = "Text")]
    pub party_siret: String,
    #[sea_orm(column_type = "Text")]
    pub party_address: String,
    #[sea_orm(column_type = "Text")]
    pub party_reference: String,
    #[sea_orm(column_type = "Text")]
    pub party_email: String,
    /// The training and its dates, as printed.
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Name, SIRET, address and NDA as they were, as JSON.
    #[sea_orm(column_type = "Text")]
    pub seller: String,
    pub issued_on: Option<time::Date>,
    pub due_on: Option<time::Date>,
    /// Legal mentions as printed, one a line.
    #[sea_orm(column_type = "Text")]
    pub mentions: String,
    pub net_cents: i64,
    pub vat_cents: i64,
    pub total_cents: i64,
    pub paid_cents: i64,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub content_hash: Option<Vec<u8>>,
    pub document_id: Option<crate::ids::DocumentId>,
    /// How many times its party was reminded.
    pub reminders: i32,
    /// When time does something by itself.
    pub deadline_at: Option<Instant>,
    pub issued_by: Option<crate::ids::AccountId>,
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
