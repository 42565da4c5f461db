//! A place where a structure works, with its own SIRET.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A place where a structure works, with its own SIRET.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "site")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SiteId,
    pub structure_id: crate::ids::StructureId,
    #[sea_orm(column_type = "Text")]
    pub siret: String,
    #[sea_orm(column_type = "Text")]
    pub label: String,
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
    pub is_seat: bool,
    pub closed_on: Option<time::Date>,
    /// When its structure declared another address while it was agreed, until the team has looked at it.
    pub moved_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
