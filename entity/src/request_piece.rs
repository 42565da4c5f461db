//! One version of a piece of a request. Never overwritten: a new file is a new row.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What the officer thinks of the piece.
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
pub enum PieceState {
    Received,
    Accepted,
    Rejected,
}

crate::word!(PieceState);

/// One version of a piece of a request. Never overwritten: a new file is a new row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "request_piece")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RequestPieceId,
    pub request_id: crate::ids::AgreementRequestId,
    /// P01 to P17.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub revision: i32,
    pub document_id: crate::ids::DocumentId,
    /// Date of the proof itself; the row says when it was received.
    pub proof_on: Option<time::Date>,
    pub valid_until: Option<time::Date>,
    pub state: PieceState,
    /// Why it was rejected.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub reviewed_by: Option<crate::ids::AccountId>,
    pub reviewed_at: Option<Instant>,
    pub created_by: crate::ids::AccountId,
    pub created_at: Instant,
    /// When the structure took the piece back, this version with the others; none while it is in the file.
    pub removed_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
