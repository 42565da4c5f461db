//! The registered letter that took a decision to its structure.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// The registered letter that took a decision to its structure; the decision itself is never overwritten.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub decision_id: crate::ids::DecisionId,
    /// As the post printed it.
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub sent_on: time::Date,
    /// None while it travels.
    pub presented_on: Option<time::Date>,
    pub recorded_by: crate::ids::AccountId,
    pub recorded_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
