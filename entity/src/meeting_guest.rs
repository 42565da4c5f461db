//! Someone invited to a meeting.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What the person answered.
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
pub enum GuestAnswer {
    None,
    Coming,
    Away,
}

crate::word!(GuestAnswer);

/// Someone invited to a meeting.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting_guest")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MeetingGuestId,
    pub meeting_id: crate::ids::MeetingId,
    pub expert_id: crate::ids::ExpertId,
    pub answer: GuestAnswer,
    pub answered_at: Option<Instant>,
    /// None until attendance is recorded.
    pub present: Option<bool>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
