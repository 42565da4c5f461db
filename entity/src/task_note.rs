//! What the team said of a task: who has it, until when it is postponed.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What the team said of a task, which follows from the state of a thing and is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task_note")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TaskNoteId,
    /// Stable name of what is to be done.
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    /// The thing that waits; nil for a line that gathers several.
    pub subject_id: uuid::Uuid,
    /// Who has it.
    pub taken_by: Option<crate::ids::AccountId>,
    /// Who handed it over to them; none when they took it themselves.
    pub handed_by: Option<crate::ids::AccountId>,
    /// The day on which it comes back.
    pub postponed_until: Option<time::Date>,
    /// Who postponed it.
    pub postponed_by: Option<crate::ids::AccountId>,
    /// Why it was postponed.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// When something was last said of it.
    pub noted_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
