//! The period of a right on one site: the database refuses two that overlap for the same structure, site, version and role.

use sea_orm::entity::prelude::*;

/// The period of a right on one site: the database refuses two that overlap for the same structure, site, version and role.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agreement_period")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AgreementPeriodId,
    pub agreement_id: crate::ids::AgreementId,
    pub structure_id: crate::ids::StructureId,
    pub site_id: crate::ids::SiteId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub role: crate::agreement_request::AgreementRole,
    pub starts_on: time::Date,
    pub ends_on: time::Date,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
