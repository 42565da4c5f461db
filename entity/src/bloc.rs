//! A bloc of skills, which may be acquired by itself.

use sea_orm::entity::prelude::*;

/// A bloc of skills, which may be acquired by itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bloc")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::BlocId,
    pub referential_id: crate::ids::ReferentialId,
    /// Counted from 0.
    pub position: i32,
    /// `RNCP12345BC01` when the version is in that register.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Whether the certification is obtained without it.
    pub optional: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
