//! What a message became for one person.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// How a message reaches a person.
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
pub enum NoticeWay {
    /// Sent by itself.
    Mail,
    /// Gathered in the digest of the day.
    Digest,
    /// On the page of notifications only.
    Silent,
}

crate::word!(NoticeWay);

/// What a message became for one person: the list of their notifications.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::NoticeId,
    pub mail_id: crate::ids::MailId,
    pub account_id: crate::ids::AccountId,
    pub way: NoticeWay,
    pub at: Instant,
    /// When the digest that holds it was made, or found it without object.
    pub digested_at: Option<Instant>,
    pub read_at: Option<Instant>,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
