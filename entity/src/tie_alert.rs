//! A tie that stands in the way of a duty already given.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where the alert is.
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
pub enum AlertState {
    Open,
    /// The duty is kept, for a written reason.
    Kept,
    /// Nothing stands in the way any more, or the duty was given to somebody else.
    Gone,
}

crate::word!(AlertState);

/// A tie that stands in the way of a duty already given; learnt after it was given, or not weighed then.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tie_alert")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::TieAlertId,
    pub expert_id: crate::ids::ExpertId,
    pub structure_id: crate::ids::StructureId,
    /// Word of a duty of the incompatibility matrix.
    #[sea_orm(column_type = "Text")]
    pub duty: String,
    /// Table of what was given: `agreement_request`, `mission`.
    #[sea_orm(column_type = "Text")]
    pub object_kind: String,
    pub object_id: uuid::Uuid,
    /// Its human number.
    #[sea_orm(column_type = "Text")]
    pub reference: String,
    /// Day of the duty, once it is fixed.
    pub due_on: Option<time::Date>,
    pub blocking: bool,
    /// Sentences, as a JSON array.
    pub reasons: Json,
    /// SHA-256 of the reasons: an alert kept once is not raised again for the same ones.
    #[sea_orm(column_type = "Text")]
    pub fingerprint: String,
    pub state: AlertState,
    pub raised_at: Instant,
    pub settled_at: Option<Instant>,
    pub settled_by: Option<crate::ids::AccountId>,
    /// Why the duty is kept.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
