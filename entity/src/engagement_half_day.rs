//! A half-day that an engagement takes from a person: a mission, the visit of a request of agreement, or a training session.

use sea_orm::entity::prelude::*;

use crate::availability_day::HalfDay;

/// A half-day that an engagement takes from a person: a mission, the visit of a request of agreement, or a training session.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "engagement_half_day")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EngagementHalfDayId,
    /// The mission; none when it is something else.
    pub mission_id: Option<crate::ids::MissionId>,
    /// The request whose visit it is; none when it is something else.
    pub request_id: Option<crate::ids::AgreementRequestId>,
    /// The training session; none when it is something else.
    pub training_session_id: Option<crate::ids::TrainingSessionId>,
    pub expert_id: crate::ids::ExpertId,
    pub day: time::Date,
    /// The half of the day, cut at one in the afternoon where it takes place.
    pub half: HalfDay,
    /// False once the person no longer has the engagement.
    pub held: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
