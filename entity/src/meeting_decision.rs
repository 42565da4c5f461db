//! A decision taken in a meeting.

use sea_orm::entity::prelude::*;

/// A decision taken in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_decision")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MeetingDecisionId,
    pub meeting_id: crate::ids::MeetingId,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
