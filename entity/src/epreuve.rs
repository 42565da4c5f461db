//! A way in which skills are assessed (1.6 of the domain reference).

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What the candidate does.
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
pub enum EpreuveKind {
    /// At the workstation.
    ObservationSituation,
    /// A test.
    MiseEnSituation,
    Questionnaire,
    /// A file that the jury reads.
    Dossier,
    /// Oral before the jury.
    Entretien,
    PresentationOrale,
    RapportTuteur,
}

crate::word!(EpreuveKind);

/// How it is marked.
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
pub enum Scale {
    /// Acquired or not.
    Binary,
    /// From 1 to 4.
    FourLevels,
    /// From 0 to a highest mark.
    Numeric,
}

crate::word!(Scale);

/// A way in which skills are assessed (1.6 of the domain reference).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "epreuve")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::EpreuveId,
    pub referential_id: crate::ids::ReferentialId,
    /// Counted from 0.
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub title: String,
    pub kind: EpreuveKind,
    pub scale: Scale,
    /// The level or the mark from which it is passed; none on a binary scale.
    pub threshold: Option<i32>,
    /// The highest mark of a numeric scale.
    pub out_of: Option<i32>,
    /// 0 when it takes place over time.
    pub lasts_minutes: i32,
    /// 0 when nobody but the jury assesses.
    pub assessors: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
