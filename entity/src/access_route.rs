//! Whether a certification may be reached by a way; a way without a row was not decided yet.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// How a person comes to a certification.
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
pub enum Way {
    /// Continuing training.
    Fc,
    /// Contrat de professionnalisation.
    ContratPro,
    /// Apprenticeship.
    Ca,
    /// Initial training.
    Fi,
    /// Validation of acquired experience.
    Vae,
    CandidatLibre,
}

crate::word!(Way);

/// Whether a certification may be reached by a way; a way without a row was not decided yet.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_route")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AccessRouteId,
    pub referential_id: crate::ids::ReferentialId,
    pub way: Way,
    pub allowed: bool,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
