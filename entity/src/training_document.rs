//! A paper of a session, frozen when it is issued (domain reference, 4.4).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What a paper is.
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
pub enum PaperKind {
    NeedsAnalysis,
    Positioning,
    Proposal,
    Convention,
    TripartiteConvention,
    Contract,
    Information,
    GuardianNotice,
    Summons,
    WelcomeBooklet,
    HouseRules,
    AttendanceSheet,
    CompletionCertificate,
    AssiduityCertificate,
    EndAttestation,
    Subcontract,
    EvaluationSheet,
    Other,
}

crate::word!(PaperKind);

/// Where a paper stands. Fully signed is computed from its signatories.
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
pub enum PaperState {
    ToTypeset,
    Issued,
    ToSign,
    Replaced,
    Voided,
}

crate::word!(PaperState);

/// A paper of a session, frozen when it is issued (domain reference, 4.4).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_document")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingDocumentId,
    pub session_id: crate::ids::TrainingSessionId,
    /// Order of issue in the session: SES-2026-0017-D3.
    pub seq: i32,
    pub enrolment_id: Option<crate::ids::EnrolmentId>,
    pub buyer_id: Option<crate::ids::TrainingBuyerId>,
    /// That of the buyer or of the sub-contractor, so that lists join nothing.
    pub structure_id: Option<crate::ids::StructureId>,
    /// That of the person, so that lists join nothing.
    pub account_id: Option<crate::ids::AccountId>,
    pub slot_id: Option<crate::ids::TrainingSlotId>,
    pub subcontract_id: Option<crate::ids::TrainingSubcontractId>,
    pub handbook_id: Option<crate::ids::TrainingHandbookId>,
    pub kind: PaperKind,
    pub revision: i32,
    pub state: PaperState,
    #[sea_orm(column_type = "Text")]
    pub template: String,
    /// What was typeset, as canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub content: String,
    pub content_hash: Vec<u8>,
    pub document_id: Option<crate::ids::DocumentId>,
    pub signed_document_id: Option<crate::ids::DocumentId>,
    /// When it must be signed by.
    pub sign_until: Option<Instant>,
    pub sent_at: Option<Instant>,
    pub issued_by: Option<crate::ids::AccountId>,
    pub issued_at: Instant,
    pub ended_at: Option<Instant>,
    pub deadline_at: Option<Instant>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
