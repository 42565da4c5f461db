//! The right of a structure, created by a decision (table 2.5 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// States of the right.
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
pub enum AgreementState {
    Pending,
    Active,
    ActiveWithReserves,
    Suspended,
    Withdrawn,
    Renounced,
    Expired,
}

crate::word!(AgreementState);

/// The right of a structure, created by a decision (table 2.5 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AgreementId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub request_id: crate::ids::AgreementRequestId,
    pub structure_id: crate::ids::StructureId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub role: crate::agreement_request::AgreementRole,
    pub state: AgreementState,
    pub starts_on: time::Date,
    /// Inclusive.
    pub ends_on: time::Date,
    pub convention_sent_at: Option<Instant>,
    /// The convention as it was offered for signature, in JSON, without who signed it; none before it was kept.
    #[sea_orm(column_type = "Text", nullable)]
    pub convention_text: Option<String>,
    /// SHA-256 of that text, in hexadecimal.
    #[sea_orm(column_type = "Text", nullable)]
    pub convention_hash: Option<String>,
    pub signed_by_structure_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub signed_by_structure: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub signed_by_structure_quality: Option<String>,
    pub signed_by_certifier_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub signed_by_certifier: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub signed_by_certifier_quality: Option<String>,
    pub activated_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    /// Next instant at which a worker must look at the agreement.
    pub deadline_at: Option<Instant>,
    pub warned: i32,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
