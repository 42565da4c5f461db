//! A link that answers an invitation without an account. Only the hash of its token is kept.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A link that answers an invitation without an account. Only the hash of its token is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MeetingLinkId,
    pub meeting_id: crate::ids::MeetingId,
    /// Who was invited: the link is over once they no longer are, or have answered.
    pub expert_id: crate::ids::ExpertId,
    pub token_hash: Vec<u8>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
