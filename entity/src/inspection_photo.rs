//! A photo taken as evidence during an inspection.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A photo taken as evidence during an inspection.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_photo")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InspectionPhotoId,
    pub inspection_id: crate::ids::InspectionId,
    /// Empty when it is about none.
    #[sea_orm(column_type = "Text")]
    pub criterion: String,
    pub document_id: crate::ids::DocumentId,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    #[sea_orm(column_type = "Text")]
    pub caption: String,
    pub taken_at: Instant,
    /// What the tablet sent; none for a form of the pages.
    pub change_id: Option<crate::ids::InspectionChangeId>,
    pub added_by: Option<crate::ids::AccountId>,
    pub added_at: Instant,
    pub removed_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
