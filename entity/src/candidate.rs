//! The file of a person enrolled for a version of a certification (domain reference, 1.5).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where a file stands (table 1.5).
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
pub enum CandidateState {
    Enrolled,
    Positioned,
    OnPath,
    FileSubmitted,
    FileIncomplete,
    Admitted,
    Summoned,
    Present,
    AbsentExcused,
    Absent,
    Total,
    Partial,
    Refused,
    Adjourned,
    UnderReview,
    Notified,
    Appealed,
    Withdrawn,
    Excluded,
    Revoked,
}

crate::word!(CandidateState);

/// What the identity was read on; no copy is kept.
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
pub enum IdentityDocument {
    /// None was seen.
    #[sea_orm(string_value = "")]
    #[serde(rename = "")]
    None,
    IdentityCard,
    Passport,
    ResidencePermit,
    DrivingLicence,
    Other,
}

crate::word!(IdentityDocument);

/// The contract that ties the candidate to the structure.
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
pub enum Contract {
    Cddi,
    Cui,
    Apprenticeship,
    Professionalisation,
    Other,
    None,
}

crate::word!(Contract);

/// A decision on a candidate (1.8).
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
pub enum JuryDecision {
    Total,
    Partial,
    Refused,
    Adjourned,
    Absent,
    AbsentExcused,
    Fraud,
}

crate::word!(JuryDecision);

/// Why somebody gives up before the jury; a job is a success.
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
pub enum Leaving {
    Work,
    EndOfContract,
    Health,
    Other,
}

crate::word!(Leaving);

/// The file of a person enrolled for a version of a certification (domain reference, 1.5).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "candidate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CandidateId,
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub structure_id: crate::ids::StructureId,
    pub site_id: Option<crate::ids::SiteId>,
    pub certification_version_id: crate::ids::CertificationVersionId,
    pub referential_id: Option<crate::ids::ReferentialId>,
    pub way: crate::access_route::Way,
    pub state: CandidateState,
    #[sea_orm(column_type = "Text")]
    pub birth_name: String,
    pub has_no_birth_name: bool,
    #[sea_orm(column_type = "Text")]
    pub usual_name: String,
    #[sea_orm(column_type = "Text")]
    pub first_names: String,
    #[sea_orm(column_type = "Text")]
    pub other_first_names: String,
    pub has_no_first_name: bool,
    #[sea_orm(column_type = "Text")]
    pub sex: String,
    #[sea_orm(column_type = "Text")]
    pub birth_date: String,
    #[sea_orm(column_type = "Text")]
    pub birth_country: String,
    #[sea_orm(column_type = "Text")]
    pub birth_commune: String,
    #[sea_orm(column_type = "Text")]
    pub birth_locality: String,
    pub completeness: i32,
    pub identity_document: IdentityDocument,
    pub identity_seen_on: Option<time::Date>,
    #[sea_orm(column_type = "Text")]
    pub identity_seen_by: String,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text")]
    pub phone: String,
    #[sea_orm(column_type = "Text")]
    pub postal_address: String,
    pub detained: bool,
    #[sea_orm(column_type = "Text")]
    pub guardian: String,
    pub contract: Contract,
    #[sea_orm(column_type = "Text")]
    pub employer: String,
    #[sea_orm(column_type = "Text")]
    pub referent: String,
    pub path_starts_on: Option<time::Date>,
    pub frozen_hash: Option<Vec<u8>>,
    pub file_revision: i32,
    pub first_enrolled_on: time::Date,
    pub decision: Option<JuryDecision>,
    pub decided_on: Option<time::Date>,
    pub notified_at: Option<Instant>,
    pub attempts: i32,
    pub leaving: Option<Leaving>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub asked_again: Option<String>,
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
