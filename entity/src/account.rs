//! A person who signs in. The address is compared folded to lower case; a person is not an e-mail address, so it can change.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Instant;

/// Whether the account may sign in.
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
pub enum AccountState {
    Active,
    Disabled,
}

crate::word!(AccountState);

/// Colours asked for by the person.
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
pub enum Theme {
    System,
    Light,
    Dark,
}

crate::word!(Theme);

/// A person who signs in. The address is compared folded to lower case; a person is not an e-mail address, so it can change.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: crate::ids::AccountId,
    /// As typed, domain in lower case.
    #[sea_orm(column_type = "Text")]
    pub email: String,
    /// Lower case, for the unique comparison.
    #[sea_orm(column_type = "Text")]
    pub email_folded: String,
    /// As typed by the person.
    #[sea_orm(column_type = "Text")]
    pub name: String,
    pub state: AccountState,
    /// Argon2id, in PHC form.
    #[sea_orm(column_type = "Text", nullable)]
    pub password_hash: Option<String>,
    /// Sealed with the key of the installation.
    pub totp_secret: Option<Vec<u8>>,
    pub totp_confirmed_at: Option<Instant>,
    /// Last time step accepted, so that a code serves once.
    pub totp_last_step: Option<i64>,
    pub theme: Theme,
    /// Keyboard shortcuts wanted.
    pub shortcuts: bool,
    pub expert_id: Option<crate::ids::ExpertId>,
    pub created_at: Instant,
    pub last_sign_in_at: Option<Instant>,
    pub version: i32,
}

/// Joins are written where they are needed.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
