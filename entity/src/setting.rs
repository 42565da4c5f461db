//! A value that the certifier changed; defaults are in the program.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A value that the certifier changed; defaults are in the program.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub value: Json,
    pub version: i32,
    pub changed_at: Instant,
    pub changed_by: Option<crate::ids::AccountId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
