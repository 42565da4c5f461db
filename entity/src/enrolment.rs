//! A person in a session (domain reference, 4.3).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where an enrolment stands (4.3).
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
pub enum EnrolmentState {
    Requested,
    Waitlisted,
    Offered,
    Held,
    Contracted,
    Confirmed,
    Present,
    Absent,
    Completed,
    DroppedOut,
    Expired,
    CancelledByClient,
    CancelledByProvider,
    Postponed,
}

crate::word!(EnrolmentState);

/// How somebody came to be enrolled.
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
pub enum EnrolmentWay {
    Public,
    Structure,
    Staff,
    Api,
    Import,
}

crate::word!(EnrolmentWay);

/// What a trainee is when they enrol (BPF, frame F-1).
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
pub enum TraineeStatus {
    PrivateEmployee,
    Apprentice,
    JobSeeker,
    Individual,
    Other,
}

crate::word!(TraineeStatus);

/// Why an enrolment ended before its time.
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
pub enum EnrolmentCause {
    Work,
    Health,
    Personal,
    Employer,
    Funding,
    Prerequisites,
    NoAnswer,
    Withdrawal,
    ForceMajeure,
    Provider,
    Other,
}

crate::word!(EnrolmentCause);

/// A person in a session (domain reference, 4.3).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "enrolment")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EnrolmentId,
    pub session_id: crate::ids::TrainingSessionId,
    /// Order of arrival in the session: SES-2026-0017-23.
    pub seq: i32,
    pub state: EnrolmentState,
    pub way: EnrolmentWay,
    pub buyer_id: crate::ids::TrainingBuyerId,
    /// That of the buyer, so that lists join nothing.
    pub structure_id: Option<crate::ids::StructureId>,
    pub account_id: Option<crate::ids::AccountId>,
    #[sea_orm(column_type = "Text")]
    pub family_name: String,
    #[sea_orm(column_type = "Text")]
    pub first_names: String,
    /// YYYY-MM-DD, YYYY-MM or YYYY.
    #[sea_orm(column_type = "Text")]
    pub birth_date: String,
    /// Hash of the folded name and the birth date: the same person twice.
    #[sea_orm(column_type = "Text")]
    pub person_key: String,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub phone: String,
    #[sea_orm(column_type = "Text")]
    pub postal_address: String,
    #[sea_orm(column_type = "Text")]
    pub job: String,
    pub status: TraineeStatus,
    #[sea_orm(column_type = "Text")]
    pub guardian_name: String,
    #[sea_orm(column_type = "Text")]
    pub guardian_email: String,
    #[sea_orm(column_type = "Text")]
    pub guardian_phone: String,
    pub adaptation_asked: bool,
    pub consented_at: Instant,
    /// From 1, without a gap, while in the waiting list.
    pub rank: Option<i32>,
    pub waiting_since: Option<Instant>,
    /// Until when the seat is kept if nothing happens.
    pub held_until: Option<Instant>,
    pub email_confirmed_at: Option<Instant>,
    pub positioned_at: Option<Instant>,
    pub contracted_at: Option<Instant>,
    /// Whether the contract was concluded at a distance: fourteen days instead of ten.
    pub remote_contract: bool,
    /// Last day to withdraw; no payment before its end.
    pub withdrawal_until: Option<time::Date>,
    pub confirmed_at: Option<Instant>,
    pub summoned_at: Option<Instant>,
    pub ended_at: Option<Instant>,
    pub cause: Option<EnrolmentCause>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub price_cents: Option<i64>,
    /// What a late cancellation costs.
    pub fee_cents: Option<i64>,
    /// The enrolment whose seat this person took.
    pub replaces_id: Option<crate::ids::EnrolmentId>,
    /// The enrolment of another session that this one continues.
    pub moved_from_id: Option<crate::ids::EnrolmentId>,
    /// When time does something by itself.
    pub deadline_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub external_ref: Option<String>,
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub erased_at: Option<Instant>,
    pub version: i32,
    #[sea_orm(column_type = "Text")]
    pub search: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
