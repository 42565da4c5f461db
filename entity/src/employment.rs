//! A structure that employs an expert or did, matched by its SIREN.

use sea_orm::entity::prelude::*;

/// A structure that employs an expert or did.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "employment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EmploymentId,
    pub expert_id: crate::ids::ExpertId,
    pub structure_id: crate::ids::StructureId,
    /// First day, when it is known.
    pub since: Option<time::Date>,
    /// Last day; none while it runs.
    pub until: Option<time::Date>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
