//! A certificate that somebody asks to revoke, until a second person says.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Why a certificate should be revoked.
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
pub enum RevocationCause {
    Fraud,
    MaterialError,
    Appeal,
    Other,
}

crate::word!(RevocationCause);

/// A certificate that somebody asks to revoke, until a second person says.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_revocation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CertificateRevocationId,
    pub certificate_id: crate::ids::CertificateId,
    pub cause: RevocationCause,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub asked_by: crate::ids::AccountId,
    pub asked_at: Instant,
    pub settled_by: Option<crate::ids::AccountId>,
    pub settled_at: Option<Instant>,
    pub agreed: Option<bool>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
