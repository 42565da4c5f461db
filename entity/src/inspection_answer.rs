//! The score of one criterion of an inspection.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// The score of one criterion of an inspection.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InspectionAnswerId,
    pub inspection_id: crate::ids::InspectionId,
    #[sea_orm(column_type = "Text")]
    pub criterion: String,
    pub score: crate::grid_score::Score,
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    /// Grows with each value: what a tablet saw is compared with it.
    pub version: i32,
    pub answered_by: Option<crate::ids::AccountId>,
    pub answered_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
