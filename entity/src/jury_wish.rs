//! A half-day that the structure wishes, the best first.

use sea_orm::entity::prelude::*;

/// A half-day that the structure wishes, the best first.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_wish")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryWishId,
    pub session_id: crate::ids::JurySessionId,
    pub position: i32,
    pub day: time::Date,
    pub half: crate::availability_day::HalfDay,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
