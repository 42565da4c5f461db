//! A survey: what is asked after a session or a year.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Who is asked, and when.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SurveyKind {
    Hot,
    Cold,
    Trainers,
    Funders,
    Companies,
}

crate::word!(SurveyKind);

/// Where a survey stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum SurveyState {
    Planned,
    Open,
    Closed,
}

crate::word!(SurveyState);

/// A survey: what is asked after a session or a year.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::SurveyId,
    pub session_id: Option<crate::ids::TrainingSessionId>,
    pub programme_id: Option<crate::ids::ProgrammeId>,
    pub kind: SurveyKind,
    pub state: SurveyState,
    /// Frozen when the survey is planned.
    pub questions: Json,
    pub opens_at: Instant,
    pub closes_at: Instant,
    pub invited: i32,
    pub answered: i32,
    pub deadline_at: Option<Instant>,
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
