//! A jury that a manager keeps although the agreement of its structure is suspended.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A jury that a manager keeps although the agreement of its structure is suspended.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_kept")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryKeptId,
    pub session_id: crate::ids::JurySessionId,
    /// The suspension in spite of which it is held.
    pub act_id: crate::ids::RightActId,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub kept_by: crate::ids::AccountId,
    pub kept_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
