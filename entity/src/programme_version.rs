//! A version of the sheet of a programme, with every public field (domain reference, 4.2).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where a version of a sheet stands.
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
pub enum VersionState {
    Draft,
    Published,
    Superseded,
}

crate::word!(VersionState);

/// How a programme or a slot is followed.
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
pub enum Modality {
    OnSite,
    Remote,
    RemoteAsync,
    Mixed,
    Afest,
}

crate::word!(Modality);

/// What ends a programme.
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
pub enum Sanction {
    Attestation,
    Certification,
    None,
}

crate::word!(Sanction);

/// Whether the tax is due.
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
pub enum Vat {
    Exempt,
    Standard,
}

crate::word!(Vat);

/// A version of the sheet of a programme, with every public field (domain reference, 4.2).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_version")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ProgrammeVersionId,
    pub programme_id: crate::ids::ProgrammeId,
    pub number: i32,
    pub state: VersionState,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    /// One line, for the catalogue.
    #[sea_orm(column_type = "Text")]
    pub goal: String,
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    /// Their absence is stated too.
    #[sea_orm(column_type = "Text")]
    pub prerequisites: String,
    /// One a line.
    #[sea_orm(column_type = "Text")]
    pub objectives: String,
    pub duration_minutes: Option<i32>,
    /// How many half-days it takes.
    pub half_days: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub rhythm: String,
    pub modality: Modality,
    #[sea_orm(column_type = "Text")]
    pub places: String,
    pub group_min: Option<i32>,
    pub group_max: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub methods: String,
    #[sea_orm(column_type = "Text")]
    pub trainer_profile: String,
    #[sea_orm(column_type = "Text")]
    pub assessment_entry: String,
    #[sea_orm(column_type = "Text")]
    pub assessment_during: String,
    #[sea_orm(column_type = "Text")]
    pub assessment_end: String,
    pub sanction: Sanction,
    pub certification_version_id: Option<crate::ids::CertificationVersionId>,
    /// Codes of the blocs aimed at, joined by commas; empty = the whole certification.
    #[sea_orm(column_type = "Text")]
    pub blocs: String,
    #[sea_orm(column_type = "Text")]
    pub equivalences: String,
    #[sea_orm(column_type = "Text")]
    pub bridges: String,
    #[sea_orm(column_type = "Text")]
    pub follow_ups: String,
    #[sea_orm(column_type = "Text")]
    pub outlets: String,
    #[sea_orm(column_type = "Text")]
    pub access_procedure: String,
    #[sea_orm(column_type = "Text")]
    pub access_delay: String,
    pub vat: Vat,
    #[sea_orm(column_type = "Text")]
    pub funding_hints: String,
    #[sea_orm(column_type = "Text")]
    pub accessibility: String,
    #[sea_orm(column_type = "Text")]
    pub disability_contact: String,
    #[sea_orm(column_type = "Text")]
    pub contact: String,
    #[sea_orm(column_type = "Text")]
    pub remote_needs: String,
    #[sea_orm(column_type = "Text")]
    pub legal_notes: String,
    #[sea_orm(column_type = "Text")]
    pub nsf: String,
    /// Five at most, joined by commas.
    #[sea_orm(column_type = "Text")]
    pub formacodes: String,
    /// Joined by commas.
    #[sea_orm(column_type = "Text")]
    pub rome: String,
    /// What is said while no session of twelve months has results.
    #[sea_orm(column_type = "Text")]
    pub results_note: String,
    pub updated_on: time::Date,
    pub published_by: Option<crate::ids::AccountId>,
    pub published_at: Option<Instant>,
    pub superseded_at: Option<Instant>,
    pub created_by: Option<crate::ids::AccountId>,
    pub created_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
