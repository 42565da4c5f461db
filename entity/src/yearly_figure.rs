//! A figure of a past year, imported; no value means unknown, not zero.

use sea_orm::entity::prelude::*;

/// A figure of a past year, imported; no value means unknown, not zero.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "yearly_figure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// Year and measure.
    pub id: String,
    pub year: i32,
    #[sea_orm(column_type = "Text")]
    pub measure: String,
    pub value: Option<i32>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
