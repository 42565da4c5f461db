//! A half-day of a session.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A half-day of a session.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_slot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingSlotId,
    pub session_id: crate::ids::TrainingSessionId,
    pub day: time::Date,
    pub half: crate::availability_day::HalfDay,
    pub starts_at: Instant,
    pub ends_at: Instant,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    /// Minutes taught, without breaks.
    pub minutes: i32,
    pub modality: crate::programme_version::Modality,
    pub room_id: Option<crate::ids::TrainingRoomId>,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    /// Of the code shown in the room.
    pub pin_hash: Option<Vec<u8>>,
    pub pin_until: Option<Instant>,
    /// The paper sheet once signed and scanned.
    pub sheet_id: Option<crate::ids::DocumentId>,
    pub dropped_at: Option<Instant>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
