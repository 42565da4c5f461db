//! Who has to sign a paper, and what they signed.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// As whom somebody signs.
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
pub enum Party {
    Provider,
    Buyer,
    Trainee,
    Guardian,
    Trainer,
    Subcontractor,
}

crate::word!(Party);

/// How somebody signed, or that they refused.
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
pub enum SignatureKind {
    Drawn,
    Link,
    Account,
    Paper,
    Refused,
}

crate::word!(SignatureKind);

/// Who has to sign a paper, and what they signed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingSignatureId,
    pub training_document_id: crate::ids::TrainingDocumentId,
    pub party: Party,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    pub required: bool,
    pub kind: Option<SignatureKind>,
    /// SVG path; empty when there is none.
    #[sea_orm(column_type = "Text")]
    pub drawing: String,
    /// Why somebody refused; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub content_hash: Option<Vec<u8>>,
    pub account_id: Option<crate::ids::AccountId>,
    pub reminded_at: Option<Instant>,
    pub signed_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
