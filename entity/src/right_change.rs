//! A change that a structure declares in the life of its agreement.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What changed.
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
pub enum ChangeTopic {
    Site,
    Referent,
    Team,
    LegalForm,
    Other,
}

crate::word!(ChangeTopic);

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
pub enum ChangeState {
    Declared,
    Reviewed,
}

crate::word!(ChangeState);

/// What comes of it.
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
pub enum ChangeReview {
    Noted,
    Amendment,
    Inspection,
}

crate::word!(ChangeReview);

/// A change that a structure declares in the life of its agreement.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "right_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RightChangeId,
    pub agreement_id: crate::ids::AgreementId,
    pub topic: ChangeTopic,
    pub happened_on: time::Date,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub document_id: Option<crate::ids::DocumentId>,
    pub state: ChangeState,
    pub declared_by: Option<crate::ids::AccountId>,
    pub declared_at: Instant,
    pub review_due_on: time::Date,
    pub reviewed_by: Option<crate::ids::AccountId>,
    pub reviewed_at: Option<Instant>,
    pub review: Option<ChangeReview>,
    #[sea_orm(column_type = "Text", nullable)]
    pub answer: Option<String>,
    /// The inspection that it led to.
    pub inspection_id: Option<crate::ids::InspectionId>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
