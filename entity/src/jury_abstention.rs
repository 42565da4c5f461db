//! A member who takes no part for a candidate.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A member who takes no part for a candidate.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_abstention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryAbstentionId,
    pub passage_id: crate::ids::JuryPassageId,
    pub member_id: crate::ids::JuryMemberId,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub declared_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
