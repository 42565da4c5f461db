//! What a person wishes of messages; without a row, the proposals of the certifier.

use sea_orm::entity::prelude::*;

/// What a person wishes of messages. A column that is null follows the setting of the certifier.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice_preference")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: crate::ids::AccountId,
    /// Word of a wish, for messages of work.
    #[sea_orm(column_type = "Text")]
    pub work: String,
    /// Word of a wish, for reminders.
    #[sea_orm(column_type = "Text")]
    pub reminder: String,
    pub quiet_from: Option<i32>,
    pub quiet_until: Option<i32>,
    /// Whether messages of work wait as reminders do.
    pub work_waits: Option<bool>,
    pub weekends: Option<bool>,
    pub digest_at: Option<i32>,
    /// IANA zone; null for that of the expert's or the structure's file.
    #[sea_orm(column_type = "Text", nullable)]
    pub zone: Option<String>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
