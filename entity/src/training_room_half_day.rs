//! A half-day of a room that a session takes.

use sea_orm::entity::prelude::*;

/// A half-day of a room that a session takes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_room_half_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingRoomHalfDayId,
    pub room_id: crate::ids::TrainingRoomId,
    pub session_id: crate::ids::TrainingSessionId,
    pub day: time::Date,
    pub half: crate::availability_day::HalfDay,
    pub held: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
