//! A legal entity that asks for agreements: an ACI in most cases.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A legal entity that asks for agreements: an ACI in most cases.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "structure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::StructureId,
    #[sea_orm(column_type = "Text")]
    pub siren: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// Name, SIREN, SIRETs, commune: folded.
    #[sea_orm(column_type = "Text")]
    pub search: String,
    #[sea_orm(column_type = "Text")]
    pub legal_form: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub rna: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub idcc: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub nda: Option<String>,
    /// Supports of production.
    #[sea_orm(column_type = "Text")]
    pub activities: String,
    pub headcount: Option<i32>,
    /// Posts on integration contracts.
    pub insertion_posts: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub contact_name: String,
    #[sea_orm(column_type = "Text")]
    pub contact_title: String,
    #[sea_orm(column_type = "Text")]
    pub contact_email: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_phone: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub postal_code: String,
    #[sea_orm(column_type = "Text")]
    pub commune: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    /// INSEE region code.
    #[sea_orm(column_type = "Text")]
    pub region: String,
    /// IANA time zone.
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    pub created_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
