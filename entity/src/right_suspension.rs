//! Days on which a right does not count.

use sea_orm::entity::prelude::*;

/// Days on which a right does not count.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "right_suspension")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RightSuspensionId,
    pub right_id: crate::ids::DatedRightId,
    pub starts_on: time::Date,
    /// Inclusive; none while it lasts.
    pub ends_on: Option<time::Date>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
