//! Somebody else to write to in a structure, for one matter.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The matter for which a contact is written to.
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
pub enum ContactDuty {
    Management,
    CqpReferent,
    DisabilityReferent,
    Billing,
    Other,
}

crate::word!(ContactDuty);

/// Somebody else to write to in a structure, for one matter; mails go to the contact of the structure itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "structure_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::StructureContactId,
    pub structure_id: crate::ids::StructureId,
    pub duty: ContactDuty,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// What the person is called there; may be empty.
    #[sea_orm(column_type = "Text")]
    pub title: String,
    #[sea_orm(column_type = "Text")]
    pub email: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub phone: Option<String>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
