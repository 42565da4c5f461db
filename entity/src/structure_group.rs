//! The group of structures that a structure belongs to.

use sea_orm::entity::prelude::*;

/// The group of structures that a structure belongs to; structures of one group share the folded name.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "structure_group")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub structure_id: crate::ids::StructureId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// The name without case, accents or punctuation.
    #[sea_orm(column_type = "Text")]
    pub folded: String,
    /// When it joined: ties with the others of the group are known from then on.
    pub grouped_at: crate::Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
