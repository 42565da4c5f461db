//! The presence of a person on a half-day, and its proof.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Whether a person was there.
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
pub enum Presence {
    Present,
    Partial,
    Absent,
    AbsentExcused,
}

crate::word!(Presence);

/// How a person signed.
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
pub enum Proof {
    None,
    Qr,
    Pin,
    Link,
    Account,
    Paper,
    Remote,
}

crate::word!(Proof);

/// The presence of a person on a half-day, and its proof.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attendance")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AttendanceId,
    pub slot_id: crate::ids::TrainingSlotId,
    pub enrolment_id: crate::ids::EnrolmentId,
    pub presence: Presence,
    pub minutes: i32,
    pub proof: Proof,
    #[sea_orm(column_type = "Text")]
    pub signature: String,
    pub signed_at: Option<Instant>,
    /// Given by the device, so that a line sent twice is one.
    pub client_id: Option<uuid::Uuid>,
    pub countersigned_by: Option<crate::ids::ExpertId>,
    pub countersigned_at: Option<Instant>,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
