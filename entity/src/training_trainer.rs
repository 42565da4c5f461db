//! Who teaches on a slot, and what they signed for it.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// As whom a trainer teaches (BPF, frame E).
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
pub enum TrainerStanding {
    OwnStaff,
    External,
}

crate::word!(TrainerStanding);

/// Who teaches on a slot, and what they signed for it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_trainer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingTrainerId,
    pub slot_id: crate::ids::TrainingSlotId,
    pub expert_id: crate::ids::ExpertId,
    pub standing: TrainerStanding,
    /// SVG path drawn on the sheet of the half-day; empty until then.
    #[sea_orm(column_type = "Text")]
    pub signature: String,
    pub signed_at: Option<Instant>,
    pub removed_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
