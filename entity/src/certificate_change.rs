//! A later change of a certificate.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Why a certificate changed.
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
pub enum ChangeCause {
    Fraud,
    MaterialError,
    CivilStatus,
    Appeal,
    Inquiry,
    InquiryClosed,
    Other,
}

crate::word!(ChangeCause);

/// A later change of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certificate_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CertificateChangeId,
    pub certificate_id: crate::ids::CertificateId,
    pub was: crate::certificate::CertificateState,
    pub became: crate::certificate::CertificateState,
    pub cause: ChangeCause,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub asked_by: Option<crate::ids::AccountId>,
    pub confirmed_by: Option<crate::ids::AccountId>,
    pub changed_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
