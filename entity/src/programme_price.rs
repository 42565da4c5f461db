//! What a programme costs, by who pays.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Who pays.
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
pub enum Payer {
    Employer,
    Opco,
    Individual,
    Member,
    Public,
}

crate::word!(Payer);

/// What a price is for.
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
pub enum PriceUnit {
    Person,
    Group,
    Day,
    Hour,
}

crate::word!(PriceUnit);

/// What a programme costs, by who pays.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "programme_price")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::ProgrammePriceId,
    pub programme_version_id: crate::ids::ProgrammeVersionId,
    pub payer: Payer,
    pub unit: PriceUnit,
    pub amount_cents: i64,
    #[sea_orm(column_type = "Text")]
    pub note: String,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
