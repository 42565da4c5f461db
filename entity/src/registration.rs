//! Presence of a version in a national register over a period.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// National register.
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
pub enum Register {
    None,
    Rs,
    Rncp,
}

crate::word!(Register);

/// Presence of a version in a national register over a period.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registration")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RegistrationId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub register: Register,
    /// RNCP12345 or RS1234; never pre-filled.
    #[sea_orm(column_type = "Text", nullable)]
    pub number: Option<String>,
    pub decided_on: Option<time::Date>,
    pub starts_on: time::Date,
    pub ends_on: Option<time::Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub level: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
