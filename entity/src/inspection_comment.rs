//! What a structure answers to a provisional report, kept as received.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What a structure answers to a provisional report, kept as received.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection_comment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InspectionCommentId,
    pub inspection_id: crate::ids::InspectionId,
    #[sea_orm(column_type = "Text")]
    pub text: String,
    pub document_id: Option<crate::ids::DocumentId>,
    pub commented_by: Option<crate::ids::AccountId>,
    pub commented_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
