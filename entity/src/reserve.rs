//! Something a granted structure must still do by a date.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Open until the evidence is checked.
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
pub enum ReserveState {
    Open,
    Closed,
}

crate::word!(ReserveState);

/// Something a granted structure must still do by a date.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reserve")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ReserveId,
    pub request_id: crate::ids::AgreementRequestId,
    pub agreement_id: Option<crate::ids::AgreementId>,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub due_on: time::Date,
    pub state: ReserveState,
    pub closed_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub evidence: Option<String>,
    /// The last file that the structure brought to have it lifted.
    pub proof_document_id: Option<crate::ids::DocumentId>,
    /// What the structure says of it.
    #[sea_orm(column_type = "Text", nullable)]
    pub proof_note: Option<String>,
    pub proof_at: Option<Instant>,
    pub warned: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
