//! A time spent in a company.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A time spent in a company.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate_immersion")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidateImmersionId,
    pub candidate_id: crate::ids::CandidateId,
    #[sea_orm(column_type = "Text")]
    pub company: String,
    pub starts_on: time::Date,
    pub ends_on: time::Date,
    #[sea_orm(column_type = "Text")]
    pub tutor: String,
    #[sea_orm(column_type = "Text")]
    pub evaluation: String,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    /// When it was taken back.
    pub voided_at: Option<Instant>,
    /// Why.
    #[sea_orm(column_type = "Text", nullable)]
    pub void_reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
