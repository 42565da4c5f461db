//! A dated session of a programme (domain reference, 4.3).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// For whom a session is held.
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
pub enum SessionKind {
    Inter,
    Intra,
    OnSite,
}

crate::word!(SessionKind);

/// Who delivers a session.
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
pub enum Delivery {
    Own,
    Entrusted,
    Received,
}

crate::word!(Delivery);

/// Where a session stands (4.3). Full is computed, not a state.
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
pub enum SessionState {
    Project,
    Open,
    Confirmed,
    InProgress,
    Ended,
    Closed,
    Postponed,
    Cancelled,
}

crate::word!(SessionState);

/// Why a session is postponed or cancelled.
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
pub enum SessionCause {
    TooFew,
    Trainer,
    Room,
    Client,
    ForceMajeure,
    Other,
}

crate::word!(SessionCause);

/// A dated session of a programme (domain reference, 4.3).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingSessionId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub programme_id: crate::ids::ProgrammeId,
    pub programme_version_id: crate::ids::ProgrammeVersionId,
    /// That of the version, so that lists join nothing.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub theme: crate::programme::Theme,
    pub kind: SessionKind,
    pub delivery: Delivery,
    pub state: SessionState,
    /// Whether the catalogue shows it.
    pub public: bool,
    /// For whom it is held, when it is not for all.
    pub structure_id: Option<crate::ids::StructureId>,
    pub room_id: Option<crate::ids::TrainingRoomId>,
    pub modality: crate::programme_version::Modality,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    #[sea_orm(column_type = "Text")]
    pub commune: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    #[sea_orm(column_type = "Text")]
    pub access: String,
    #[sea_orm(column_type = "Text")]
    pub accessibility: String,
    #[sea_orm(column_type = "Text")]
    pub remote_url: String,
    #[sea_orm(column_type = "Text")]
    pub to_bring: String,
    pub starts_on: Option<time::Date>,
    pub ends_on: Option<time::Date>,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    /// Last day to enrol; none = until it begins.
    pub enrol_until: Option<time::Date>,
    pub duration_minutes: i32,
    pub seats_min: i32,
    pub seats_max: i32,
    /// For one person, in force for this session; none on quotation.
    pub price_cents: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub price_note: String,
    #[sea_orm(column_type = "Text")]
    pub funding_note: String,
    pub eu_funded: bool,
    pub welcome_id: Option<crate::ids::TrainingHandbookId>,
    pub rules_id: Option<crate::ids::TrainingHandbookId>,
    #[sea_orm(column_type = "Text")]
    pub contact: String,
    pub officer_id: Option<crate::ids::AccountId>,
    /// The same for the sessions created at once.
    pub series_id: Option<uuid::Uuid>,
    /// The session that this one takes the place of.
    pub postponed_from_id: Option<crate::ids::TrainingSessionId>,
    pub cause: Option<SessionCause>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub opened_at: Option<Instant>,
    pub confirmed_at: Option<Instant>,
    pub summoned_at: Option<Instant>,
    pub started_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub cancelled_at: Option<Instant>,
    /// Grows with each change that calendars must know.
    pub sequence: i32,
    /// When time does something by itself.
    pub deadline_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub external_ref: Option<String>,
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
