//! What an épreuve assesses: a whole bloc, or one skill.

use sea_orm::entity::prelude::*;

/// What an épreuve assesses: a whole bloc, or one skill.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "epreuve_cover")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EpreuveCoverId,
    pub epreuve_id: crate::ids::EpreuveId,
    pub bloc_id: Option<crate::ids::BlocId>,
    pub skill_id: Option<crate::ids::SkillId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
