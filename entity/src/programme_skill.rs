//! A skill of a referential that a module covers: a cell of the coverage matrix.

use sea_orm::entity::prelude::*;

/// A skill of a referential that a module covers: a cell of the coverage matrix.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_skill")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ProgrammeSkillId,
    pub module_id: crate::ids::ProgrammeModuleId,
    pub skill_id: crate::ids::SkillId,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
