//! A piece sent to a funder.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What a piece is.
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
pub enum FundingPieceKind {
    Programme,
    Convention,
    Proposal,
    Agreement,
    Invoice,
    CompletionCertificate,
    Expenses,
    Other,
}

crate::word!(FundingPieceKind);

/// A piece sent to a funder.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "funding_piece")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::FundingPieceId,
    pub funding_id: crate::ids::FundingId,
    pub kind: FundingPieceKind,
    /// By which way, to whom; may be empty.
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// The file that was sent, when it is one of ours.
    pub document_id: Option<crate::ids::DocumentId>,
    pub sent_on: time::Date,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    /// When it was taken back: recorded by mistake.
    pub voided_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
