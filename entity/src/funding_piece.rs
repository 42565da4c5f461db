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
    pub document_id: crate::ids::DocumentId,
    pub sent_on: Option<time::Date>,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
