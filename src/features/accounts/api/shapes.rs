//! Shapes of the API of accounts.

use entity::account::AccountState;
use entity::account_role::{self, Role};
use entity::api_token;
use poem_openapi::{Enum, Object};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::features::accounts::input::RoleInput;
use crate::features::accounts::queries::AccountRow;
use crate::http::api::ShortText;

/// Declares a word of the API beside the stored one, with the way both ways.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $stored:ident: $($value:ident),+) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Enum)]
        #[oai(rename_all = "snake_case")]
        pub(super) enum $name { $($value),+ }

        impl From<$name> for $stored {
            fn from(word: $name) -> Self {
                match word { $($name::$value => Self::$value),+ }
            }
        }

        impl From<$stored> for $name {
            fn from(stored: $stored) -> Self {
                match stored { $($stored::$value => Self::$value),+ }
            }
        }
    };
}

words! {
    /// What a person may be.
    RoleWord of Role: Admin, Manager, Officer, Expert, Structure, Trainee, Auditor
}
words! {
    /// Whether the account may sign in.
    StateWord of AccountState: Active, Disabled
}

/// A role and the scope in which it counts.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub(super) struct RoleIn {
    /// The role.
    role: RoleWord,
    /// Own structure, for the role `structure` and no other.
    structure_id: Option<Uuid>,
    /// May invite and remove colleagues of the structure.
    #[oai(default)]
    structure_admin: bool,
    /// Only this certification, for `manager`, `officer` and `auditor`.
    certification_id: Option<Uuid>,
    /// Only these INSEE regions, for the same roles; empty = everywhere.
    #[oai(default, validator(max_items = 30))]
    regions: Vec<ShortText>,
}

impl From<RoleIn> for RoleInput {
    fn from(role: RoleIn) -> Self {
        Self {
            role: role.role.into(),
            structure: role.structure_id.map(Into::into),
            structure_admin: role.structure_admin,
            certification: role.certification_id.map(Into::into),
            regions: role.regions.into_iter().map(String::from).collect(),
        }
    }
}

/// A role held.
#[derive(Clone, Debug, Object)]
pub(super) struct RoleOut {
    /// The role.
    role: RoleWord,
    /// Own structure.
    structure_id: Option<Uuid>,
    /// May invite and remove colleagues of the structure.
    structure_admin: bool,
    /// Only this certification.
    certification_id: Option<Uuid>,
    /// Only these INSEE regions; empty = everywhere.
    regions: Vec<String>,
    /// Since when.
    granted_at: OffsetDateTime,
}

impl From<account_role::Model> for RoleOut {
    fn from(row: account_role::Model) -> Self {
        Self {
            role: row.role.into(),
            structure_id: row.structure_id.map(Into::into),
            structure_admin: row.structure_admin,
            certification_id: row.certification_id.map(Into::into),
            regions: row.regions.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
            granted_at: *row.granted_at,
        }
    }
}

/// An account to open.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub(super) struct UserIn {
    /// Address.
    pub(super) email: ShortText,
    /// Name shown.
    pub(super) name: ShortText,
    /// Roles, at least one.
    #[oai(validator(max_items = 50))]
    pub(super) roles: Vec<RoleIn>,
    /// Own file of expert, for the role `expert`.
    pub(super) expert_id: Option<Uuid>,
}

/// What changes of an account; a field left out does not change.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub(super) struct UserChangeIn {
    /// Name shown.
    pub(super) name: Option<ShortText>,
    /// Open or closed.
    pub(super) state: Option<StateWord>,
    /// Every role, replacing those held.
    #[oai(validator(max_items = 50))]
    pub(super) roles: Option<Vec<RoleIn>>,
    /// Own file of expert.
    pub(super) expert_id: Option<Uuid>,
}

/// An account.
#[derive(Clone, Debug, Object)]
pub(super) struct UserOut {
    /// Its key.
    pub(super) id: Uuid,
    /// Its address.
    email: String,
    /// Its name.
    name: String,
    /// Open or closed.
    state: StateWord,
    /// Its roles.
    roles: Vec<RoleOut>,
    /// Own file of expert.
    expert_id: Option<Uuid>,
    /// Whether the second factor is on.
    second_factor: bool,
    /// When it was opened.
    created_at: OffsetDateTime,
    /// When its person last signed in.
    last_sign_in_at: Option<OffsetDateTime>,
    /// Its version, for `If-Match`.
    pub(super) version: i32,
}

impl From<AccountRow> for UserOut {
    fn from(AccountRow { account, roles }: AccountRow) -> Self {
        Self {
            id: account.id.into(),
            email: account.email,
            name: account.name,
            state: account.state.into(),
            roles: roles.into_iter().map(RoleOut::from).collect(),
            expert_id: account.expert_id.map(Into::into),
            second_factor: account.totp_confirmed_at.is_some(),
            created_at: *account.created_at,
            last_sign_in_at: account.last_sign_in_at.map(|at| *at),
            version: account.version,
        }
    }
}

/// A page of accounts.
#[derive(Clone, Debug, Object)]
pub(super) struct UserPage {
    /// The accounts.
    pub(super) items: Vec<UserOut>,
    /// Where the next page starts.
    pub(super) next_cursor: Option<String>,
}

/// A token to make.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub(super) struct TokenIn {
    /// A name, to recognise it; 80 characters at most.
    pub(super) name: ShortText,
    /// Days it lives, 1 to 365.
    pub(super) ttl_days: i64,
}

/// A token, without its text.
#[derive(Clone, Debug, Object)]
pub(super) struct TokenOut {
    /// Its key.
    id: Uuid,
    /// Its name.
    name: String,
    /// When it was made.
    created_at: OffsetDateTime,
    /// When it stops working.
    expires_at: OffsetDateTime,
    /// When it was last used, to the minute.
    last_used_at: Option<OffsetDateTime>,
}

impl From<api_token::Model> for TokenOut {
    fn from(row: api_token::Model) -> Self {
        Self {
            id: row.id.into(),
            name: row.name,
            created_at: *row.created_at,
            expires_at: *row.expires_at,
            last_used_at: row.last_used_at.map(|at| *at),
        }
    }
}

/// A page of tokens.
#[derive(Clone, Debug, Object)]
pub(super) struct TokenPage {
    /// The tokens.
    pub(super) items: Vec<TokenOut>,
    /// Where the next page starts.
    pub(super) next_cursor: Option<String>,
}

/// A token just made, with its text.
#[derive(Clone, Debug, Object)]
pub(super) struct TokenMadeOut {
    /// Its key.
    id: Uuid,
    /// Its name.
    name: String,
    /// The text to send as `Authorization: Bearer`, given once.
    token: String,
    /// When it stops working.
    expires_at: OffsetDateTime,
}

impl TokenMadeOut {
    /// The token of a row.
    pub(super) fn new(row: api_token::Model, token: String) -> Self {
        Self { id: row.id.into(), name: row.name, token, expires_at: *row.expires_at }
    }
}
