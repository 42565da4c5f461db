//! Accounts: sign-in, second factor, sessions, tokens of the API, roles, people of structures.
//!
//! A person signs in with a one-time link received by mail, or with a password; roles listed in
//! `second_factor_roles` then give a code of an application. An account is open or closed; it holds one or several
//! roles, each with its scope; an account without any role left is closed. A structure always keeps an active
//! administrator, and so does the installation.
//!
//! Acts by nobody yet (asking a link, signing in) run as [`sign_in_actor`] with `session:sign_in`; what a person does
//! to her own account asks `account:self`; administration asks `account:manage`, the people of a structure
//! `colleague:manage`. Failed attempts are logged, never in the journal. Secrets (passwords, links, tokens, codes)
//! are kept as hashes, the key of the second factor is sealed.
//!
//! Screens: `/connexion`, `/connexion/second-facteur`, `/compte`, `/compte/securite`, `/compte/collegues`,
//! `/parametres/utilisateurs`, and `/demo` in the demonstration.

pub mod actions;
pub mod administrators;
pub mod api;
mod entry;
pub mod error;
pub mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod password;
pub mod queries;
pub mod second_factor;
pub mod web;

pub use api::AccountsApi;
pub use api::colleagues::ColleaguesApi;
pub use api::sessions::SessionsApi;
pub use entry::{create_account, create_token};
pub use error::AccountError;
pub use jobs::periodic;
pub use web::{demo_pages, pages};

use crate::authz::{Actor, Channel};

/// Who acts when nobody is signed in yet.
#[must_use]
pub fn sign_in_actor(channel: Channel, request_id: Option<String>) -> Actor {
    Actor { channel, request_id, ..Actor::system("accounts.sign_in") }
}
