//! A mission offered to someone, or kept for them in case those before decline.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where the offer stands.
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
pub enum OfferState {
    Waiting,
    Sent,
    Accepted,
    Declined,
    Expired,
    Withdrawn,
    DroppedOut,
}

crate::word!(OfferState);

/// Why a person declines.
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
pub enum DeclineReason {
    Unavailable,
    TooFar,
    Tie,
    Workload,
    Health,
    Other,
}

crate::word!(DeclineReason);

/// A mission offered to someone, or kept for them in case those before decline.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mission_offer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MissionOfferId,
    pub mission_id: crate::ids::MissionId,
    pub expert_id: crate::ids::ExpertId,
    /// Rank among the offers of the mission.
    pub position: i32,
    pub state: OfferState,
    /// Why it is made in spite of a warning of independence.
    #[sea_orm(column_type = "Text", nullable)]
    pub tie_override: Option<String>,
    /// Hours that the person has to answer once asked; none for the first one, who is given a day.
    pub answer_hours: Option<i32>,
    pub sent_at: Option<Instant>,
    /// Last instant to answer.
    pub due_at: Option<Instant>,
    /// Reminders that left.
    pub reminded: i32,
    pub answered_at: Option<Instant>,
    pub decline_reason: Option<DeclineReason>,
    #[sea_orm(column_type = "Text", nullable)]
    pub note: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
