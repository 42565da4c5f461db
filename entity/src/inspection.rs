//! A control of a structure in the life of its agreement (table 2.6 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Why it is made.
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
pub enum Trigger {
    Initial,
    Periodic,
    Unannounced,
    Alert,
    FollowUp,
    Renewal,
}

crate::word!(Trigger);

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
pub enum InspectionState {
    Planned,
    Notified,
    Performed,
    RefusedByStructure,
    Adversarial,
    ActionsRequested,
    ActionsSubmitted,
    Overdue,
    ClosedConforming,
    Closed,
    Cancelled,
}

crate::word!(InspectionState);

/// What its grid is worth.
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
pub enum InspectionRating {
    Conforming,
    UnderReserve,
    Unfavourable,
}

crate::word!(InspectionRating);

/// How the contrôleur proposes to conclude.
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
pub enum Proposal {
    CloseConforming,
    RequestActions,
}

crate::word!(Proposal);

/// A control of a structure in the life of its agreement (table 2.6 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inspection")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InspectionId,
    /// CTL-2026-0022.
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub agreement_id: crate::ids::AgreementId,
    pub structure_id: crate::ids::StructureId,
    pub site_id: Option<crate::ids::SiteId>,
    /// Its trigger, whose name is a word of SQL.
    pub origin: Trigger,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub mode: crate::agreement_request::VisitMode,
    pub state: InspectionState,
    /// The inspection whose actions it checks.
    pub follows_id: Option<crate::ids::InspectionId>,
    /// The day before which it should take place.
    pub due_on: Option<time::Date>,
    /// None when the program planned it.
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    /// Who makes it; none while nobody accepted.
    pub controller_id: Option<crate::ids::ExpertId>,
    /// The last mission proposed for it.
    pub mission_id: Option<crate::ids::MissionId>,
    /// Reason given to keep a contrôleur in spite of a warning.
    #[sea_orm(column_type = "Text", nullable)]
    pub tie_override: Option<String>,
    pub assigned_at: Option<Instant>,
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    /// IANA zone of the structure.
    #[sea_orm(column_type = "Text")]
    pub zone: String,
    #[sea_orm(column_type = "Text")]
    pub place: String,
    /// Who accepted the date for the structure.
    #[sea_orm(column_type = "Text", nullable)]
    pub accepted_by: Option<String>,
    pub accepted_on: Option<time::Date>,
    pub moved_by_structure: bool,
    /// The date that was announced first.
    pub first_starts_at: Option<Instant>,
    /// Sequence of the calendar invitation.
    pub sequence: i32,
    pub notified_at: Option<Instant>,
    /// What the structure prepares, one piece per line.
    #[sea_orm(column_type = "Text")]
    pub pieces_asked: String,
    /// How the files that are read are chosen, as the structure is told.
    #[sea_orm(column_type = "Text")]
    pub sample_rule: String,
    /// Version of the grid; none before its first answer.
    #[sea_orm(column_type = "Text", nullable)]
    pub grid: Option<String>,
    pub performed_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub persons_met: Option<String>,
    pub rating: Option<InspectionRating>,
    /// What the contrôleur states of a refusal by the structure.
    #[sea_orm(column_type = "Text", nullable)]
    pub refusal: Option<String>,
    pub refused_at: Option<Instant>,
    /// What the provisional report says besides the grid.
    #[sea_orm(column_type = "Text", nullable)]
    pub report: Option<String>,
    pub report_sent_at: Option<Instant>,
    pub comments_due_at: Option<Instant>,
    pub proposal: Option<Proposal>,
    pub proposed_at: Option<Instant>,
    /// What the final report says.
    #[sea_orm(column_type = "Text", nullable)]
    pub conclusion: Option<String>,
    pub validated_by: Option<crate::ids::AccountId>,
    pub concluded_at: Option<Instant>,
    pub escalated_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// Why it was closed or cancelled.
    #[sea_orm(column_type = "Text", nullable)]
    pub closing: Option<String>,
    /// Next instant at which a worker must look at it.
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
