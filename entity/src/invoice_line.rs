//! A line of an invoice, with its origin in the BPF.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// What a line bills; a forfeit is no training.
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
pub enum LineKind {
    Training,
    Forfeit,
    Other,
}

crate::word!(LineKind);

/// The line of frame C of the BPF (4.10).
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
pub enum BpfOrigin {
    Companies,
    Apprenticeship,
    Professionalisation,
    Promotion,
    Transition,
    Cpf,
    JobSeekers,
    SelfEmployed,
    SkillsPlan,
    PublicAgents,
    European,
    State,
    Regions,
    FranceTravail,
    OtherPublic,
    Individuals,
    Organisations,
    OtherProducts,
    None,
}

crate::word!(BpfOrigin);

/// A line of an invoice, with its origin in the BPF.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invoice_line")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::InvoiceLineId,
    pub invoice_id: crate::ids::InvoiceId,
    pub position: i32,
    pub enrolment_id: Option<crate::ids::EnrolmentId>,
    pub kind: LineKind,
    #[sea_orm(column_type = "Text")]
    pub label: String,
    pub bpf_origin: BpfOrigin,
    pub minutes: Option<i32>,
    /// In hundredths.
    pub quantity: i32,
    pub unit_cents: i64,
    pub vat_basis_points: i32,
    pub net_cents: i64,
    pub vat_cents: i64,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
