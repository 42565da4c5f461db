//! Who delivers a session for the certifier, or for whom the certifier delivers it (domain reference, 4.7).

use sea_orm::entity::prelude::*;

use crate::Instant;

/// Who delivers a session for the certifier, or for whom the certifier delivers it (domain reference, 4.7).
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_subcontract")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingSubcontractId,
    pub session_id: crate::ids::TrainingSessionId,
    pub structure_id: Option<crate::ids::StructureId>,
    #[sea_orm(column_type = "Text")]
    pub party: String,
    #[sea_orm(column_type = "Text")]
    pub siret: String,
    #[sea_orm(column_type = "Text")]
    pub nda: String,
    #[sea_orm(column_type = "Text")]
    pub contact: String,
    #[sea_orm(column_type = "Text")]
    pub missions: String,
    #[sea_orm(column_type = "Text")]
    pub means: String,
    #[sea_orm(column_type = "Text")]
    pub follow_up: String,
    pub amount_cents: i64,
    pub qualiopi_until: Option<time::Date>,
    pub checked_on: Option<time::Date>,
    pub ended_at: Option<Instant>,
    pub created_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
