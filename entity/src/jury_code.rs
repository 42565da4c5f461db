//! A one-time code that says who draws a signature.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A one-time code that says who draws a signature.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryCodeId,
    pub minutes_id: crate::ids::JuryMinutesId,
    pub member_id: crate::ids::JuryMemberId,
    pub code_hash: Vec<u8>,
    pub tries: i32,
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
