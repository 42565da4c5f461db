//! A session of a jury (domain reference, 1.7).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where a session stands (S1 to S21).
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
pub enum JuryState {
    Requested,
    Rejected,
    Planned,
    Confirmed,
    Summoned,
    Postponed,
    Cancelled,
    Open,
    NoQuorum,
    Deliberating,
    ToSign,
    Signed,
    ToRectify,
    Checked,
    Validated,
    Closed,
}

crate::word!(JuryState);

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
pub enum JuryMode {
    OnSite,
    Remote,
    Mixed,
}

crate::word!(JuryMode);

/// A session of a jury (domain reference, 1.7).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JurySessionId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub structure_id: crate::ids::StructureId,
    pub site_id: Option<crate::ids::SiteId>,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub referential_id: Option<crate::ids::ReferentialId>,
    pub state: JuryState,
    pub expected: i32,
    pub mode: JuryMode,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    #[sea_orm(column_type = "Text")]
    pub room: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    #[sea_orm(column_type = "Text")]
    pub accessibility: String,
    #[sea_orm(column_type = "Text")]
    pub request_note: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub requested_by: Option<crate::ids::AccountId>,
    pub requested_at: Instant,
    pub confirmed_at: Option<Instant>,
    pub summoned_at: Option<Instant>,
    pub files_sent_at: Option<Instant>,
    pub opened_at: Option<Instant>,
    pub heard_at: Option<Instant>,
    pub frozen_at: Option<Instant>,
    pub signed_at: Option<Instant>,
    pub checked_by: Option<crate::ids::AccountId>,
    pub validated_by: Option<crate::ids::AccountId>,
    pub delivered_on: Option<time::Date>,
    pub closed_at: Option<Instant>,
    #[sea_orm(column_type = "Text")]
    pub remarks: String,
    pub sequence: i32,
    pub deadline_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub external_ref: Option<String>,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
