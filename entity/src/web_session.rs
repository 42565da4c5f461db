//! A signed-in browser. Only the hash of its token is kept.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A signed-in browser. Only the hash of its token is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "web_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::WebSessionId,
    pub account_id: crate::ids::AccountId,
    pub token_hash: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub csrf: String,
    /// The second factor was given in this session.
    pub second_factor: bool,
    /// Family of the browser, for the list of sessions.
    #[sea_orm(column_type = "Text")]
    pub agent: String,
    pub created_at: Instant,
    pub last_seen_at: Instant,
    /// Absolute end.
    pub expires_at: Instant,
    pub revoked_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
