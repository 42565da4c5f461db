//! A working meeting of experts.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Who is invited.
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
pub enum MeetingKind {
    Mandataires,
    Controleurs,
    Formateurs,
    Mixed,
}

crate::word!(MeetingKind);

/// Where people sit.
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
pub enum MeetingMode {
    Video,
    OnSite,
}

crate::word!(MeetingMode);

/// Where the meeting stands.
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
pub enum MeetingState {
    Planned,
    Invited,
    Held,
    MinutesPublished,
    Cancelled,
}

crate::word!(MeetingState);

/// A working meeting of experts.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MeetingId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub kind: MeetingKind,
    pub state: MeetingState,
    /// The day, in the zone of the meeting: habilitations are looked at on that day.
    pub meets_on: time::Date,
    pub starts_at: Instant,
    pub lasts_minutes: i32,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    pub mode: MeetingMode,
    /// Address of the room, or of the video call.
    #[sea_orm(column_type = "Text")]
    pub place: String,
    #[sea_orm(column_type = "Text")]
    pub agenda: String,
    /// Empty until they are published.
    #[sea_orm(column_type = "Text")]
    pub minutes: String,
    /// Preparation and meeting, for whoever leads it.
    pub time_spent_minutes: Option<i32>,
    /// SEQUENCE of the invitations.
    pub sequence: i32,
    pub created_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
