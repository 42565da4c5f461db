//! Somebody asked to answer a survey. Only the hash of their token is kept.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// Somebody asked to answer a survey. Only the hash of their token is kept.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_invitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SurveyInvitationId,
    pub survey_id: crate::ids::SurveyId,
    pub enrolment_id: Option<crate::ids::EnrolmentId>,
    pub buyer_id: Option<crate::ids::TrainingBuyerId>,
    pub funding_id: Option<crate::ids::FundingId>,
    pub expert_id: Option<crate::ids::ExpertId>,
    /// Of a partner who is written to there; empty when the address is that of a file.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    pub token_hash: Vec<u8>,
    pub sent_at: Option<Instant>,
    pub reminded_at: Option<Instant>,
    pub reminders: i32,
    pub answered: bool,
    pub declined_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
