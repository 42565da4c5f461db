//! The signature of a member under frozen minutes, or the refusal to sign.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How a member signed, or that they refused.
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
    Code,
    Account,
    Refused,
}

crate::word!(SignatureKind);

/// The signature of a member under frozen minutes, or the refusal to sign.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JurySignatureId,
    pub minutes_id: crate::ids::JuryMinutesId,
    pub member_id: crate::ids::JuryMemberId,
    pub kind: SignatureKind,
    #[sea_orm(column_type = "Text")]
    pub drawing: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub content_hash: Vec<u8>,
    pub account_id: Option<crate::ids::AccountId>,
    pub signed_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
