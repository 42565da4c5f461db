//! School holidays of a zone or an overseas academy, as staff imported them.

use sea_orm::entity::prelude::*;

/// School holidays of a zone or an overseas academy, as staff imported them.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "school_holiday")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SchoolHolidayId,
    /// Word of a zone of the rules.
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub starts_on: time::Date,
    pub ends_on: time::Date,
    /// Where the dates come from, as the file says it.
    #[sea_orm(column_type = "Text")]
    pub source: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
