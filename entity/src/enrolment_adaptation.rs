//! A measure agreed for a trainee, encrypted: never what it comes from.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A measure agreed for a trainee, encrypted: never what it comes from.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment_adaptation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EnrolmentAdaptationId,
    pub enrolment_id: crate::ids::EnrolmentId,
    pub measure: Vec<u8>,
    pub agreed_by: Option<crate::ids::AccountId>,
    pub consented_on: time::Date,
    pub recorded_at: Instant,
    pub ended_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
