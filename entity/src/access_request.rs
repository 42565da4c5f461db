//! A structure that is not known yet asks for an account. Only the hash of the token of its link is kept.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Where the request stands.
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
pub enum AccessState {
    Unconfirmed,
    Pending,
    Accepted,
    Refused,
}

crate::word!(AccessState);

/// A structure that is not known yet asks for an account.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AccessRequestId,
    /// Given when the address is confirmed.
    #[sea_orm(column_type = "Text", nullable)]
    pub number: Option<String>,
    pub state: AccessState,
    /// That of the seat.
    #[sea_orm(column_type = "Text")]
    pub siret: String,
    #[sea_orm(column_type = "Text")]
    pub name: String,
    #[sea_orm(column_type = "Text")]
    pub address: String,
    #[sea_orm(column_type = "Text")]
    pub postal_code: String,
    #[sea_orm(column_type = "Text")]
    pub commune: String,
    #[sea_orm(column_type = "Text")]
    pub department: String,
    #[sea_orm(column_type = "Text")]
    pub region: String,
    #[sea_orm(column_type = "Text")]
    pub contact_name: String,
    #[sea_orm(column_type = "Text")]
    pub contact_title: String,
    #[sea_orm(column_type = "Text")]
    pub contact_email: String,
    /// The address, folded.
    #[sea_orm(column_type = "Text")]
    pub contact_key: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub contact_phone: Option<String>,
    pub token_hash: Vec<u8>,
    /// When the link stops working.
    pub link_until: Instant,
    pub created_at: Instant,
    pub confirmed_at: Option<Instant>,
    pub settled_at: Option<Instant>,
    /// Why it was refused.
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    /// The structure whose account was opened.
    pub structure_id: Option<crate::ids::StructureId>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
