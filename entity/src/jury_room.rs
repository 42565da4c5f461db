//! A room taken for a session on a half-day.

use sea_orm::entity::prelude::*;

/// A room taken for a session on a half-day.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryRoomId,
    pub session_id: crate::ids::JurySessionId,
    pub site_id: crate::ids::SiteId,
    #[sea_orm(column_type = "Text")]
    pub room: String,
    pub day: time::Date,
    pub half: crate::availability_day::HalfDay,
    pub held: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
