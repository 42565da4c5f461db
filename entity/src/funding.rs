//! Who funds an enrolment, under which scheme (domain reference, 4.5).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// The scheme of a funding.
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
pub enum Scheme {
    SkillsPlan,
    PicIae,
    Apprenticeship,
    Professionalisation,
    ProA,
    Transition,
    Cpf,
    Fne,
    Poec,
    Poei,
    FranceTravail,
    Fse,
    Region,
    Agefiph,
    Asp,
    State,
    Employer,
    PublicEmployer,
    Individual,
    Volunteers,
}

crate::word!(Scheme);

/// Where a funding stands.
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
pub enum FundingState {
    ToRequest,
    Requested,
    Agreed,
    Refused,
    Settled,
    Ended,
}

crate::word!(FundingState);

/// Who funds an enrolment, under which scheme (domain reference, 4.5).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "funding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::FundingId,
    pub enrolment_id: crate::ids::EnrolmentId,
    /// Order among the fundings of the enrolment: SES-2026-0017-23-F1.
    pub seq: i32,
    /// That of the enrolment, so that lists and deadlines join nothing.
    pub session_id: crate::ids::TrainingSessionId,
    /// That of the enrolment.
    pub structure_id: Option<crate::ids::StructureId>,
    pub scheme: Scheme,
    #[sea_orm(column_type = "Text")]
    pub funder: String,
    pub state: FundingState,
    #[sea_orm(column_type = "Text")]
    pub agreement_number: String,
    /// Agreed, in cents.
    pub amount_cents: i64,
    pub agreed_minutes: i32,
    /// Whether the funder pays the certifier and not the employer.
    pub subrogation: bool,
    pub eu_funded: bool,
    pub requested_on: Option<time::Date>,
    pub agreed_on: Option<time::Date>,
    /// Paid by the funder, in cents.
    pub paid_cents: i64,
    /// Why it was refused, or ended; empty otherwise.
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
