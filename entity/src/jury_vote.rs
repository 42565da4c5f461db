//! The vote of a member on a candidate.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// A vote; blank counts as present.
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
pub enum Vote {
    Yes,
    No,
    Blank,
}

crate::word!(Vote);

/// The vote of a member on a candidate.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jury_vote")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::JuryVoteId,
    pub passage_id: crate::ids::JuryPassageId,
    pub member_id: crate::ids::JuryMemberId,
    pub vote: Vote,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
