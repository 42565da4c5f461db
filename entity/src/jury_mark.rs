//! A result of a candidate in an épreuve, on its scale: 0 or 1, a level, or points.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A result of a candidate in an épreuve, on its scale: 0 or 1, a level, or points.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_mark")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryMarkId,
    pub passage_id: crate::ids::JuryPassageId,
    pub epreuve_id: crate::ids::EpreuveId,
    pub value: i32,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
    pub entered_by: Option<crate::ids::AccountId>,
    pub entered_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
