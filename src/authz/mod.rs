//! Who may do what: the only place that decides.
//!
//! [`Actor`] says who acts and what they hold; [`Permission`] names every operation; `policy` is the table of
//! who may, with which tie to the thing, and `bounds` how far a role limited to regions or to a certification reaches;
//! [`visible`] filters lists by the same tables. A [`Grant`] can only be made here, and nothing is recorded, hence
//! committed, without one.

mod actor;
mod attempts;
mod bounds;
mod identify;
mod mail_link;
mod permission;
mod policy;
pub mod visible;

pub use actor::{Actor, Channel, Held, Who};
pub use attempts::Attempts;
pub use bounds::{Bound, Bounds, bounds, expert_regions};
pub use identify::{SessionActor, account_actor, account_names, by_session, by_token, hash_token, staff};
pub use mail_link::{mail_link, read_mail_link};
pub use permission::Permission;
pub use policy::{Denied, Facts, Grant, Rule, Scope, allows, allows_somewhere, may, may_somewhere, rules};
