//! A gap that a teaching support helps to put right.

use sea_orm::entity::prelude::*;

/// A gap that a teaching support helps to put right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "support_nonconformity")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SupportNonconformityId,
    pub support_id: crate::ids::TeachingSupportId,
    pub nonconformity_id: crate::ids::NonconformityId,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
