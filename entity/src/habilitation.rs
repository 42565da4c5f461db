//! The file of an expert who is, was or wants to be habilitated for a duty; its days are dated rights.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// What an expert is entitled to do.
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
pub enum Duty {
    Mandataire,
    Controleur,
    Epsp,
}

crate::word!(Duty);

/// State of the habilitation.
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
pub enum HabilitationState {
    Applied,
    InTraining,
    Presented,
    Active,
    Suspended,
    Refused,
    Withdrawn,
    Resigned,
    Expired,
}

crate::word!(HabilitationState);

/// The file of one path, from the application to its end.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "habilitation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::HabilitationId,
    pub expert_id: crate::ids::ExpertId,
    pub duty: Duty,
    pub state: HabilitationState,
    /// None = all.
    pub certification_id: Option<crate::ids::CertificationId>,
    /// INSEE region codes joined by commas; empty = everywhere.
    #[sea_orm(column_type = "Text")]
    pub regions: String,
    /// None for one given before Parchemin.
    pub applied_on: Option<time::Date>,
    #[sea_orm(column_type = "Text")]
    pub motivation: String,
    /// The expert who accompanies.
    pub senior_id: Option<crate::ids::ExpertId>,
    #[sea_orm(column_type = "Text")]
    pub action_plan: String,
    pub charter_signed_at: Option<Instant>,
    pub jury_on: Option<time::Date>,
    /// Its members as JSON; empty until the file is presented.
    #[sea_orm(column_type = "Text")]
    pub jury: String,
    pub decided_at: Option<Instant>,
    /// Conditions of a grant, what to do again, reasons of a refusal.
    #[sea_orm(column_type = "Text")]
    pub decision_text: String,
    /// Steps to do again after a deferral, joined by commas.
    #[sea_orm(column_type = "Text")]
    pub redo: String,
    pub deferred_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub withdrawal_reason: Option<String>,
    /// Who asked for the withdrawal, which someone else confirms.
    pub withdrawal_asked_by: Option<crate::ids::AccountId>,
    pub withdrawal_asked_at: Option<Instant>,
    /// What the person answers before it is confirmed.
    #[sea_orm(column_type = "Text", nullable)]
    pub withdrawal_answer: Option<String>,
    pub withdrawal_answered_at: Option<Instant>,
    /// When the jury sits, once a time was given.
    pub jury_at: Option<Instant>,
    #[sea_orm(column_type = "Text", nullable)]
    pub jury_place: Option<String>,
    /// The version of the file when it was presented, which names the jury in calendars; none when no jury is called.
    pub jury_version: Option<i32>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
