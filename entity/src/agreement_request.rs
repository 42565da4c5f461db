//! A request of agreement, from draft to decision (table 2.4 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// States of a request.
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
pub enum RequestState {
    Draft,
    Submitted,
    Incomplete,
    Complete,
    VisitToSchedule,
    VisitScheduled,
    VisitDone,
    Adversarial,
    OpinionGiven,
    InCommittee,
    Granted,
    GrantedWithReserves,
    Adjourned,
    Refused,
    Appeal,
    Withdrawn,
    Abandoned,
    ClosedIdle,
    RefusedFinal,
}

crate::word!(RequestState);

/// First request or renewal.
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
pub enum RequestKind {
    First,
    Renewal,
}

crate::word!(RequestKind);

/// Service that the structure is allowed to render.
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
pub enum AgreementRole {
    Train,
    Organise,
    TrainAndOrganise,
}

crate::word!(AgreementRole);

/// How the visit is made.
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
pub enum VisitMode {
    OnSite,
    Video,
    Documents,
}

crate::word!(VisitMode);

/// Opinion of the contrôleur.
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
pub enum Opinion {
    Favourable,
    FavourableWithReserve,
    Unfavourable,
}

crate::word!(Opinion);

/// A request of agreement, from draft to decision (table 2.4 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of the file of a request")]
#[sea_orm(table_name = "agreement_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AgreementRequestId,
    /// BRO-2026-0042, given to the draft.
    #[sea_orm(column_type = "Text")]
    pub draft_number: String,
    /// AGR-2026-0042, given at the first submission.
    #[sea_orm(column_type = "Text", nullable)]
    pub number: Option<String>,
    pub structure_id: crate::ids::StructureId,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub kind: RequestKind,
    pub role: AgreementRole,
    pub state: RequestState,
    pub version: i32,
    /// Referent of the request.
    #[sea_orm(column_type = "Text")]
    pub contact_name: String,
    #[sea_orm(column_type = "Text")]
    pub contact_email: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_phone: Option<String>,
    /// Teaching project in a few lines.
    #[sea_orm(column_type = "Text")]
    pub project: String,
    /// Legal representative who signs the commitment.
    #[sea_orm(column_type = "Text")]
    pub signatory_name: String,
    #[sea_orm(column_type = "Text")]
    pub signatory_title: String,
    pub commitment_accepted: bool,
    pub is_training_body: bool,
    pub has_subcontracting: bool,
    /// Codes of the pieces that the settings asked for when the draft was opened, separated by commas.
    #[sea_orm(column_type = "Text")]
    pub pieces_required: String,
    pub officer_id: Option<crate::ids::AccountId>,
    pub created_by: crate::ids::AccountId,
    pub created_at: Instant,
    /// Last sign of life of the structure.
    pub touched_at: Instant,
    pub submission_count: i32,
    pub submitted_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub return_reason: Option<String>,
    pub return_due_at: Option<Instant>,
    pub completed_at: Option<Instant>,
    pub decision_expected_on: Option<time::Date>,
    pub controller_id: Option<crate::ids::ExpertId>,
    /// MIS-2026-0107.
    #[sea_orm(column_type = "Text", nullable)]
    pub mission_number: Option<String>,
    pub assigned_at: Option<Instant>,
    /// Reason given to keep a contrôleur in spite of a warning.
    #[sea_orm(column_type = "Text", nullable)]
    pub tie_override: Option<String>,
    pub visit_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub visit_zone: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub visit_place: Option<String>,
    pub visit_mode: Option<VisitMode>,
    /// Sequence of the calendar invitation.
    pub visit_sequence: i32,
    /// Which visit is in course, from 1; another one begins when a file is resumed by a visit.
    pub visit_number: i32,
    pub visit_moved_by_structure: bool,
    /// Who accepted the date for the structure.
    #[sea_orm(column_type = "Text", nullable)]
    pub visit_accepted_by: Option<String>,
    /// Day on which they did.
    pub visit_accepted_on: Option<time::Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub visit_waived_reason: Option<String>,
    pub visited_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub persons_met: Option<String>,
    /// The structure refused the control.
    pub visit_refused: bool,
    pub report_sent_at: Option<Instant>,
    pub comments_due_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub comments: Option<String>,
    pub commented_at: Option<Instant>,
    pub opinion: Option<Opinion>,
    #[sea_orm(column_type = "Text", nullable)]
    pub opinion_text: Option<String>,
    pub opinion_at: Option<Instant>,
    pub committee_id: Option<crate::ids::CommitteeId>,
    pub agenda_at: Option<Instant>,
    pub decided_at: Option<Instant>,
    pub adjourned_until: Option<time::Date>,
    /// When the examination was resumed by another visit.
    pub resumed_at: Option<Instant>,
    /// When whoever had the visit declined it or gave it up, while nobody else has it.
    pub given_back_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub missing_text: Option<String>,
    pub appeal_until: Option<Instant>,
    pub closed_at: Option<Instant>,
    /// Next instant at which a worker must look at the request.
    pub deadline_at: Option<Instant>,
    /// How many warnings were sent before the deadline.
    pub warned: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
