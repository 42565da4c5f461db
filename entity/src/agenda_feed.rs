//! The secret address under which calendars read the agenda of an expert. Only the hash of its token is kept.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// The secret address under which calendars read the agenda of an expert. Only the hash of its token is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "agenda_feed")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AgendaFeedId,
    pub expert_id: crate::ids::ExpertId,
    pub token_hash: Vec<u8>,
    pub created_at: Instant,
    pub revoked_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
