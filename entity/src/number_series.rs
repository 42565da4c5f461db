//! The last human number given, by kind and year.

use sea_orm::entity::prelude::*;

/// The last human number given, by kind and year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "number_series")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Kind and year: AGR-2026.
    pub id: String,
    pub last: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
