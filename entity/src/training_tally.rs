//! The seats of a session: the one row that every enrolment of a session takes in turn.

use sea_orm::entity::prelude::*;

/// The seats of a session: the one row that every enrolment of a session takes in turn.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_tally")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: crate::ids::TrainingSessionId,
    pub seats: i32,
    /// Seats taken, offered ones included.
    pub held: i32,
    /// People in the waiting list; the rank of the last one.
    pub waiting: i32,
    /// The last order of arrival given.
    pub last_seq: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
