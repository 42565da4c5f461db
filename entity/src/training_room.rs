//! A place where sessions are held.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A place where sessions are held.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_room")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingRoomId,
    pub structure_id: Option<crate::ids::StructureId>,
    pub site_id: Option<crate::ids::SiteId>,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub postal_code: String,
    #[sea_orm(column_type = "Text")]
    pub commune: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    pub capacity: i32,
    #[sea_orm(column_type = "Text")]
    pub access: String,
    #[sea_orm(column_type = "Text")]
    pub accessibility: String,
    #[sea_orm(column_type = "Text")]
    pub equipment: String,
    pub retired_on: Option<time::Date>,
    pub created_at: Instant,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
