//! A task given to an expert by the certifier (domain reference, 3.6).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What the person goes there for.
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
pub enum MissionObject {
    Jury,
    Inspection,
    Support,
    Session,
    Meeting,
    Observation,
}

crate::word!(MissionObject);

/// Where the mission stands.
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
pub enum MissionState {
    Proposed,
    Accepted,
    Declined,
    Expired,
    Withdrawn,
    InProgress,
    Done,
    ReportReceived,
    ExpensesClaimed,
    Settled,
    Cancelled,
}

crate::word!(MissionState);

/// A task given to an expert by the certifier (domain reference, 3.6).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mission")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MissionId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub object: MissionObject,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// Whom it is offered to, or who holds it; the last one when nobody does.
    pub expert_id: crate::ids::ExpertId,
    /// The habilitation that it needs; none for a working meeting.
    pub duty: Option<crate::habilitation::Duty>,
    pub structure_id: Option<crate::ids::StructureId>,
    pub site_id: Option<crate::ids::SiteId>,
    pub certification_id: Option<crate::ids::CertificationId>,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// INSEE code of the place; empty when it takes place at a distance.
    #[sea_orm(column_type = "Text")]
    pub department: String,
    /// INSEE code of the region of the place; empty when it takes place at a distance.
    #[sea_orm(column_type = "Text")]
    pub region: String,
    /// IANA zone of the place.
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    pub starts_at: Instant,
    pub ends_at: Instant,
    /// One person to meet per line.
    #[sea_orm(column_type = "Text")]
    pub persons: String,
    #[sea_orm(column_type = "Text")]
    pub instructions: String,
    pub fee_cents: i64,
    pub expenses_ceiling_cents: i64,
    pub state: MissionState,
    /// Why it was given in spite of a warning of independence.
    #[sea_orm(column_type = "Text", nullable)]
    pub tie_override: Option<String>,
    /// Why it was withdrawn, cancelled or declined.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub report: Option<String>,
    /// None when the program itself proposed it.
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub accepted_at: Option<Instant>,
    pub done_at: Option<Instant>,
    pub reported_at: Option<Instant>,
    /// Grows each time that calendars are told.
    pub sequence: i32,
    /// Next instant at which a worker must look at the mission.
    pub deadline_at: Option<Instant>,
    /// How satisfied those for whom it was done were, from 1 to 5; none while nobody said.
    pub satisfaction: Option<i32>,
    /// Reminders of a late report that left.
    pub report_reminded: i32,
    /// Reference in the file that it came from; none for those of the program.
    #[sea_orm(column_type = "Text", nullable)]
    pub external_ref: Option<String>,
    /// The cancelled mission that this one resumes.
    pub resumes_id: Option<crate::ids::MissionId>,
    /// Whether the structure is told of it by something else: an inspection, which may be a surprise.
    pub quiet: bool,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
