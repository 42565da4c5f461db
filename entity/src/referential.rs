//! What a version of a certification attests and how, at one revision; frozen once published.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where a revision stands.
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
pub enum ReferentialState {
    Draft,
    Published,
}

crate::word!(ReferentialState);

/// What a version of a certification attests and how, at one revision; frozen once published.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ReferentialId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    /// Counted from 1 within the version.
    pub revision: i32,
    pub state: ReferentialState,
    /// Families of skills, one a line; empty when skills are not sorted.
    #[sea_orm(column_type = "Text")]
    pub families: String,
    pub created_at: Instant,
    pub published_at: Option<Instant>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
