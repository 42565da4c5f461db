//! An act on the right of a structure, from its notice to its end: a row that is added, never written over by the next one.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What is done to the right.
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
pub enum ActKind {
    Suspension,
    Reinstatement,
    Withdrawal,
    Renouncement,
}

crate::word!(ActKind);

/// Where the act stands.
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
pub enum ActState {
    Notified,
    Asked,
    Done,
    Dropped,
    Undone,
}

crate::word!(ActState);

/// Why.
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
pub enum ActCause {
    Breach,
    OverdueReserves,
    OverdueActions,
    RefusedInspection,
    Fraud,
    Danger,
    ActionsVerified,
    ReservesLifted,
    OwnWish,
}

crate::word!(ActCause);

/// An act on the right of a structure, from its notice to its end: a row that is added, never written over by the next one.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "right_act")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::RightActId,
    pub agreement_id: crate::ids::AgreementId,
    /// From 1, in the life of the right.
    pub number: i32,
    pub kind: ActKind,
    pub state: ActState,
    pub cause: ActCause,
    #[sea_orm(column_type = "Text")]
    pub reasons: String,
    /// Why nobody was heard before; only for fraud and danger.
    #[sea_orm(column_type = "Text", nullable)]
    pub urgency_reason: Option<String>,
    /// What becomes of the candidates.
    #[sea_orm(column_type = "Text", nullable)]
    pub plan: Option<String>,
    /// The inspection whose end it is.
    pub inspection_id: Option<crate::ids::InspectionId>,
    /// The state that it changed, which an undo puts back.
    pub before_state: Option<crate::agreement::AgreementState>,
    /// Who served the notice or asked.
    pub asked_by: crate::ids::AccountId,
    pub asked_at: Instant,
    /// Until when the structure is heard.
    pub comments_due_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub comments: Option<String>,
    pub commented_by: Option<crate::ids::AccountId>,
    pub commented_at: Option<Instant>,
    /// What was told that it would change, in canonical JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub preview: Option<String>,
    pub confirmed_by: Option<crate::ids::AccountId>,
    pub done_at: Option<Instant>,
    pub effective_on: Option<time::Date>,
    /// Number of the registered letter.
    #[sea_orm(column_type = "Text", nullable)]
    pub letter_number: Option<String>,
    pub letter_sent_on: Option<time::Date>,
    pub undo_until: Option<Instant>,
    /// When it was dropped or undone.
    pub closed_at: Option<Instant>,
    pub closed_by: Option<crate::ids::AccountId>,
    #[sea_orm(column_type = "Text", nullable)]
    pub close_reason: Option<String>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
