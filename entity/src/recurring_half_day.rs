//! A half-day of the week that comes back, every week or every other week.

use sea_orm::entity::prelude::*;

use crate::availability_day::HalfDay;

/// A half-day of the week that comes back, every week or every other week.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recurring_half_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RecurringHalfDayId,
    pub expert_id: crate::ids::ExpertId,
    /// 1 for Monday to 7 for Sunday.
    pub weekday: i32,
    pub half_day: HalfDay,
    /// Its week is the first one when it comes every other week.
    pub starts_on: time::Date,
    pub ends_on: Option<time::Date>,
    /// 1 or 2.
    pub every_weeks: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
