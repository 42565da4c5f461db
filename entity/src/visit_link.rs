//! A link that answers a visit without an account. Only the hash of its token is kept.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A link that answers a visit without an account. Only the hash of its token is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "visit_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::VisitLinkId,
    pub request_id: crate::ids::AgreementRequestId,
    /// Whom the visit was given to: the link is over once it is given to somebody else.
    pub controller_id: crate::ids::ExpertId,
    pub token_hash: Vec<u8>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
