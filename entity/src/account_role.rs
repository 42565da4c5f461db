//! One role held by an account, with the scope in which it counts.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What a person may be in Parchemin; one account may hold several.
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
pub enum Role {
    Admin,
    Manager,
    Officer,
    Expert,
    Structure,
    Trainee,
    Auditor,
}

crate::word!(Role);

/// One role held by an account, with the scope in which it counts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AccountRoleId,
    pub account_id: crate::ids::AccountId,
    pub role: Role,
    /// Own structure, for the role `structure`.
    pub structure_id: Option<crate::ids::StructureId>,
    /// May invite and remove colleagues of the structure.
    pub structure_admin: bool,
    /// Limits staff to one certification; none = all.
    pub certification_id: Option<crate::ids::CertificationId>,
    /// INSEE region codes joined by commas; empty = everywhere.
    #[sea_orm(column_type = "Text")]
    pub regions: String,
    pub granted_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
