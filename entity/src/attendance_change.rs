//! A correction of a presence: what it was, what it became and why.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A correction of a presence: what it was, what it became and why.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AttendanceChangeId,
    pub attendance_id: crate::ids::AttendanceId,
    pub was: crate::attendance::Presence,
    pub became: crate::attendance::Presence,
    pub was_minutes: i32,
    pub became_minutes: i32,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub changed_by: Option<crate::ids::AccountId>,
    pub changed_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
