//! What was sent about a half-day: the call to sign, and the reminder to countersign.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What was sent about a half-day: the call to sign, and the reminder to countersign.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_call")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub slot_id: crate::ids::TrainingSlotId,
    pub called_at: Option<Instant>,
    pub reminded_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
