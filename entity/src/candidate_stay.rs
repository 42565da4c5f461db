//! The structure that follows a candidate, for a time: who changes keeps the file.

use sea_orm::entity::prelude::*;

/// The structure that follows a candidate, for a time: who changes keeps the file.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_stay")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidateStayId,
    pub candidate_id: crate::ids::CandidateId,
    pub structure_id: crate::ids::StructureId,
    pub since: time::Date,
    pub until: Option<time::Date>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
