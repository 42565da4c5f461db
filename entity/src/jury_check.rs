//! The control of signed minutes by somebody who was not there.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// The control of signed minutes by somebody who was not there.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryCheckId,
    pub minutes_id: crate::ids::JuryMinutesId,
    #[sea_orm(column_type = "Text")]
    pub points: String,
    pub conform: bool,
    #[sea_orm(column_type = "Text")]
    pub findings: String,
    pub checked_by: crate::ids::AccountId,
    pub checked_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
