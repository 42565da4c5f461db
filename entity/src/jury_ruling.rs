//! What the jury ruled on a bloc or a skill, above what the results say, and what it observed.

use sea_orm::entity::prelude::*;

/// What the jury ruled on a bloc or a skill, above what the results say, and what it observed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_ruling")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryRulingId,
    pub passage_id: crate::ids::JuryPassageId,
    #[sea_orm(column_type = "Text")]
    pub unit: String,
    pub acquired: bool,
    #[sea_orm(column_type = "Text")]
    pub comment: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
