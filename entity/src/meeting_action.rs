//! Something to do, decided in a meeting.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// Something to do, decided in a meeting.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_action")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MeetingActionId,
    pub meeting_id: crate::ids::MeetingId,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Who does it, as the minutes name them.
    #[sea_orm(column_type = "Text")]
    pub owner: String,
    /// The guest who does it, when it is one: they are reminded.
    pub owner_id: Option<crate::ids::ExpertId>,
    pub due_on: time::Date,
    pub done_on: Option<time::Date>,
    /// When its owner was reminded.
    pub reminded_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
