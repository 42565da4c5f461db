//! A version of what everybody is given before they enrol: welcome booklet, house rules, terms.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What is given.
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
pub enum HandbookKind {
    WelcomeBooklet,
    HouseRules,
    Terms,
}

crate::word!(HandbookKind);

/// A version of what everybody is given before they enrol: welcome booklet, house rules, terms.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_handbook")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TrainingHandbookId,
    pub kind: HandbookKind,
    pub number: i32,
    pub document_id: crate::ids::DocumentId,
    pub in_force_on: time::Date,
    pub recorded_by: Option<crate::ids::AccountId>,
    pub recorded_at: Instant,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
