//! Something that happened and goes into the minutes.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What kind of incident.
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
pub enum IncidentKind {
    Fraud,
    Identity,
    Health,
    Material,
    Disruption,
    Delay,
    Other,
}

crate::word!(IncidentKind);

/// Something that happened and goes into the minutes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_incident")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryIncidentId,
    pub session_id: crate::ids::JurySessionId,
    pub passage_id: Option<crate::ids::JuryPassageId>,
    pub kind: IncidentKind,
    pub happened_at: Instant,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    /// When it was said to have been recorded by mistake.
    pub withdrawn_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub withdrawn_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
