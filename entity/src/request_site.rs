//! A site named by a request.

use sea_orm::entity::prelude::*;

/// A site named by a request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "request_site")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RequestSiteId,
    pub request_id: crate::ids::AgreementRequestId,
    pub site_id: crate::ids::SiteId,
    /// The visit of the request goes there.
    pub visited: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
