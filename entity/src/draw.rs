//! A draw that anybody can do again: of structures to inspect, or of files to read.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What is drawn.
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
pub enum DrawSubject {
    Structures,
    CandidateFiles,
}

crate::word!(DrawSubject);

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
pub enum DrawState {
    Prepared,
    Published,
    Drawn,
    Cancelled,
}

crate::word!(DrawState);

/// A draw that anybody can do again: of structures to inspect, or of files to read.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draw")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::DrawId,
    /// TIR-2026-0003.
    #[sea_orm(column_type = "Text")]
    pub number: String,
    pub subject: DrawSubject,
    /// The inspection whose files are drawn.
    pub inspection_id: Option<crate::ids::InspectionId>,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub state: DrawState,
    /// Its published name, of `rules::draw`.
    #[sea_orm(column_type = "Text")]
    pub algorithm: String,
    /// How many are wanted.
    pub size: i32,
    /// Strata with their weights and bounds, in canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub rules: String,
    /// The population is that of this day.
    pub population_on: time::Date,
    /// None before it is published.
    #[sea_orm(column_type = "Text", nullable)]
    pub seed: Option<String>,
    /// Where the seed comes from, as people are told.
    #[sea_orm(column_type = "Text")]
    pub seed_source: String,
    pub published_at: Option<Instant>,
    pub published_by: Option<crate::ids::AccountId>,
    /// Everything that was drawn from, in canonical JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub inputs: Option<String>,
    /// SHA-256 of the inputs, in hexadecimal.
    #[sea_orm(column_type = "Text", nullable)]
    pub inputs_hash: Option<String>,
    /// Seats and tickets, in canonical JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub result: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub result_hash: Option<String>,
    pub drawn_at: Option<Instant>,
    pub drawn_by: Option<crate::ids::AccountId>,
    pub document_id: Option<crate::ids::DocumentId>,
    /// Why it was cancelled.
    #[sea_orm(column_type = "Text", nullable)]
    pub closing: Option<String>,
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
