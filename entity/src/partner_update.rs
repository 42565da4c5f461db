//! The partner list of France compétences must be updated within two months of a change.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// The partner list of France compétences must be updated within two months of a change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "partner_update")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::PartnerUpdateId,
    pub agreement_id: crate::ids::AgreementId,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub changed_at: Instant,
    pub due_on: time::Date,
    pub done_at: Option<Instant>,
    pub done_by: Option<crate::ids::AccountId>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
