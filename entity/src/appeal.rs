//! The appeal of a structure against a refusal.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Whether the refusal stands.
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
pub enum AppealOutcome {
    Upheld,
    Overturned,
}

crate::word!(AppealOutcome);

/// The appeal of a structure against a refusal.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "appeal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AppealId,
    pub request_id: crate::ids::AgreementRequestId,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub lodged_by: crate::ids::AccountId,
    pub lodged_at: Instant,
    pub outcome: Option<AppealOutcome>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reasons: Option<String>,
    pub settled_by: Option<crate::ids::AccountId>,
    pub settled_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
