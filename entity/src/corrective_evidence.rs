//! A file that proves a corrective action.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A file that proves a corrective action.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "corrective_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::CorrectiveEvidenceId,
    pub action_id: crate::ids::CorrectiveActionId,
    pub document_id: crate::ids::DocumentId,
    #[sea_orm(column_type = "Text")]
    pub file_name: String,
    #[sea_orm(column_type = "Text")]
    pub note: String,
    /// The day of what it proves, which is not that of its deposit.
    pub proof_on: Option<time::Date>,
    pub added_by: Option<crate::ids::AccountId>,
    pub added_at: Instant,
    pub removed_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
