//! One version of a certification; a candidate or an agreement is bound to one.

use sea_orm::entity::prelude::*;

/// One version of a certification; a candidate or an agreement is bound to one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "certification_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CertificationVersionId,
    pub certification_id: crate::ids::CertificationId,
    #[sea_orm(column_type = "Text")]
    pub label: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub valid_from: time::Date,
    /// Last day on which someone may be enrolled.
    pub valid_until: Option<time::Date>,
    pub last_delivery_on: Option<time::Date>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
