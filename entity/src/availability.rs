//! What an expert declared of their time, as a whole: when it was last declared, and at which version.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What an expert declared of their time, as a whole.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "availability")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub expert_id: crate::ids::ExpertId,
    pub declared_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
