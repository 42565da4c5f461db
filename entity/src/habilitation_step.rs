//! One step done on the path to an habilitation, with its sheet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What was done.
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
pub enum StepKind {
    Interview,
    Theory,
    Observation,
    CoAnimation,
    Supervised,
    Accompaniment,
}

crate::word!(StepKind);

/// One step done on the path to an habilitation, with its sheet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "habilitation_step")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::HabilitationStepId,
    pub habilitation_id: crate::ids::HabilitationId,
    pub kind: StepKind,
    pub done_on: time::Date,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// What was seen, word for word.
    #[sea_orm(column_type = "Text")]
    pub sheet: String,
    pub logged_by: Option<crate::ids::AccountId>,
    pub logged_at: Instant,
    /// The mission of observation whose report it rests on.
    pub mission_id: Option<crate::ids::MissionId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
