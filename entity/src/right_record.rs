//! What a person recorded of a right that no other row stands for: a certificate, an insurance, a State convention. Its
//! holder, its kind and its days are in `dated_right`.

use sea_orm::entity::prelude::*;

use crate::Instant;

/// What a person recorded of a right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "right_record")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RightRecordId,
    /// What its paper calls it.
    #[sea_orm(column_type = "Text")]
    pub number: String,
    /// Who gave it.
    #[sea_orm(column_type = "Text")]
    pub issuer: String,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
