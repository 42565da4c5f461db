//! Who legally delivers a version, from a date until a date.

use sea_orm::entity::prelude::*;

/// Who legally delivers a version, from a date until a date.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "legal_certifier")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::LegalCertifierId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub siret: Option<String>,
    pub starts_on: time::Date,
    pub ends_on: Option<time::Date>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
