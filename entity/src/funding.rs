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
    Professionalisation,
    ProA,
    Cpf,
    Fne,
    Poec,
    Poei,
    Fse,
    Region,
    Agefiph,
    Employer,
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
    pub scheme: Scheme,
    #[sea_orm(column_type = "Text")]
    pub funder: String,
    pub state: FundingState,
    #[sea_orm(column_type = "Text")]
    pub agreement_number: String,
    pub amount_cents: i64,
    pub agreed_minutes: i32,
    pub subrogation: bool,
    pub eu_funded: bool,
    pub requested_on: Option<time::Date>,
    pub agreed_on: Option<time::Date>,
    pub paid_cents: i64,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
