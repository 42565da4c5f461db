//! What a draw drew.

use sea_orm::entity::prelude::*;

/// What a draw drew.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draw_pick")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::DrawPickId,
    pub draw_id: crate::ids::DrawId,
    /// From 1, in the order of the tickets of the whole draw.
    pub position: i32,
    /// Key of the agreement or of the candidate.
    pub subject_id: uuid::Uuid,
    /// Its number at that moment, never the name of a person.
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(column_type = "Text")]
    pub stratum: String,
    /// SHA-256, in hexadecimal.
    #[sea_orm(column_type = "Text")]
    pub ticket: String,
    /// The inspection that was planned from it.
    pub inspection_id: Option<crate::ids::InspectionId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
