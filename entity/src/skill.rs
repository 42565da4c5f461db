//! A skill to attest.

use sea_orm::entity::prelude::*;

/// A skill to attest.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "skill")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SkillId,
    pub referential_id: crate::ids::ReferentialId,
    /// None where the version has no bloc.
    pub bloc_id: Option<crate::ids::BlocId>,
    /// Counted from 0.
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub wording: String,
    /// One of those of the referential, or empty.
    #[sea_orm(column_type = "Text")]
    pub family: String,
    /// What is looked at, one a line.
    #[sea_orm(column_type = "Text")]
    pub criteria: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
