//! Help given to the team of a structure (table 2.7 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Who wants it: the structure asks, a contrôleur recommends, the certifier imposes.
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
pub enum SupportOrigin {
    Asked,
    Recommended,
    Imposed,
}

crate::word!(SupportOrigin);

/// Where it stands.
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
pub enum SupportState {
    Requested,
    Accepted,
    Refused,
    Scheduled,
    Performed,
    Reported,
    Closed,
    Cancelled,
}

crate::word!(SupportState);

/// Who pays.
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
pub enum Payer {
    Certifier,
    Structure,
    Opco,
    Other,
}

crate::word!(Payer);

/// Help given to the team of a structure (table 2.7 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "teaching_support")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TeachingSupportId,
    /// APP-2026-0002.
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub structure_id: crate::ids::StructureId,
    pub site_id: Option<crate::ids::SiteId>,
    pub agreement_id: Option<crate::ids::AgreementId>,
    pub certification_version_id: Option<crate::ids::CertificationVersionId>,
    pub origin: SupportOrigin,
    /// The inspection from which it comes.
    pub inspection_id: Option<crate::ids::InspectionId>,
    pub state: SupportState,
    #[sea_orm(column_type = "Text")]
    pub need: String,
    #[sea_orm(column_type = "Text")]
    pub objectives: String,
    pub mode: crate::agreement_request::VisitMode,
    /// Half-days agreed.
    pub half_days: Option<i32>,
    pub cost_cents: Option<i64>,
    pub payer: Option<Payer>,
    pub quote_document_id: Option<crate::ids::DocumentId>,
    pub requested_by: Option<crate::ids::AccountId>,
    pub requested_at: Instant,
    /// Who accepted or refused it.
    pub settled_by: Option<crate::ids::AccountId>,
    pub settled_at: Option<Instant>,
    /// Why it was refused or cancelled.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub expert_id: Option<crate::ids::ExpertId>,
    /// The last mission proposed for it.
    pub mission_id: Option<crate::ids::MissionId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub tie_override: Option<String>,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    pub sequence: i32,
    pub performed_at: Option<Instant>,
    pub minutes_given: Option<i32>,
    /// Who was there, one per line.
    #[sea_orm(column_type = "Text", nullable)]
    pub persons: Option<String>,
    pub attendance_document_id: Option<crate::ids::DocumentId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub report: Option<String>,
    /// What the structure does next, one action per line.
    #[sea_orm(column_type = "Text", nullable)]
    pub actions: Option<String>,
    pub reported_at: Option<Instant>,
    pub survey_sent_at: Option<Instant>,
    /// From 1 to 5, as the structure says.
    pub satisfaction: Option<i32>,
    #[sea_orm(column_type = "Text", nullable)]
    pub satisfaction_text: Option<String>,
    pub satisfied_at: Option<Instant>,
    pub closed_by: Option<crate::ids::AccountId>,
    pub closed_at: Option<Instant>,
    pub deadline_at: Option<Instant>,
    pub warned: i32,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
