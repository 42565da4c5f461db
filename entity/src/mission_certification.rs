//! Another certification that a mission is for, beside the first one.

use sea_orm::entity::prelude::*;

/// Another certification that a mission is for, beside the first one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mission_certification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MissionCertificationId,
    pub mission_id: crate::ids::MissionId,
    pub certification_id: crate::ids::CertificationId,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
