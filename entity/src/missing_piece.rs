//! A piece that the officer asked for when returning a request.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// A piece that the officer asked for when returning a request.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "missing_piece")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::MissingPieceId,
    pub request_id: crate::ids::AgreementRequestId,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    #[sea_orm(column_type = "Text")]
    pub reason: String,
    pub asked_at: Instant,
    pub answered_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
