//! What a person was delivered: frozen content, signed (domain reference, 1.10).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// A certificate, or an attestation of blocs.
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
pub enum CertificateKind {
    Full,
    Blocs,
}

crate::word!(CertificateKind);

/// Whether a certificate counts (8.6).
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
pub enum CertificateState {
    Valid,
    Suspended,
    Revoked,
    Superseded,
}

crate::word!(CertificateState);

/// What a person was delivered: frozen content, signed (domain reference, 1.10).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CertificateId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub kind: CertificateKind,
    pub candidate_id: Option<crate::ids::CandidateId>,
    pub passage_id: Option<crate::ids::JuryPassageId>,
    pub session_id: Option<crate::ids::JurySessionId>,
    pub batch_id: Option<crate::ids::CertificateBatchId>,
    pub certification_id: crate::ids::CertificationId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub structure_id: Option<crate::ids::StructureId>,
    pub state: CertificateState,
    #[sea_orm(column_type = "Text")]
    pub holder_name: String,
    #[sea_orm(column_type = "Text")]
    pub initials: String,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub content_hash: Vec<u8>,
    pub signature: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub key_id: String,
    pub decided_on: time::Date,
    pub delivered_on: time::Date,
    pub document_id: Option<crate::ids::DocumentId>,
    pub supersedes_id: Option<crate::ids::CertificateId>,
    pub public: bool,
    pub badge_index: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub external_ref: Option<String>,
    pub created_at: Instant,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
