//! A dated right: an habilitation, an agreement on a site, a registration, a piece with an end. The database refuses two
//! that share a day for the same holder, kind and scope, unless one is void; scopes of agreements are the same as soon
//! as they share a service. What waits is weighed against what waits only.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Whose right it is.
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
pub enum HolderKind {
    Expert,
    Structure,
    Site,
    CertificationVersion,
    /// The certifying body, which has no row: its key is nil.
    Certifier,
}

crate::word!(HolderKind);

/// What is held.
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
pub enum RightKind {
    Habilitation,
    Agreement,
    Registration,
    StateConvention,
    Qualiopi,
    Insurance,
    Piece,
}

crate::word!(RightKind);

/// Where the right stands; whether it holds on a day is told by its days.
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
pub enum RightState {
    Pending,
    InForce,
    Ended,
    Void,
}

crate::word!(RightState);

/// The table of the row that a right stands for.
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
pub enum SourceKind {
    Habilitation,
    Agreement,
    Registration,
    RequestPiece,
    ExpertPiece,
    RightRecord,
}

crate::word!(SourceKind);

/// A dated right.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "dated_right")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::DatedRightId,
    pub holder_kind: HolderKind,
    pub holder_id: Uuid,
    pub kind: RightKind,
    /// On what, in canonical words: `controleur|*`, `<version>|train`, `P13`, `*`.
    #[sea_orm(column_type = "Text")]
    pub scope: String,
    /// What a person calls it: `AGT-2025-0031`, `INT-0004`, `RS1234`.
    #[sea_orm(column_type = "Text")]
    pub reference: String,
    pub starts_on: time::Date,
    /// Inclusive; none = open.
    pub ends_on: Option<time::Date>,
    /// Until when the right still holds after its end, a renewal being examined. Inclusive.
    pub grace_until: Option<time::Date>,
    pub state: RightState,
    pub source_kind: SourceKind,
    pub source_id: Uuid,
    /// The smallest distance, in days before the end, at which an alert was sent.
    pub alerted: Option<i32>,
    pub created_at: Instant,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
