//! The agreement desk: from a structure's request to a signed decision, and the right that it gives.
//!
//! A request lives as table 2.4 of the domain reference says (`state.rs`): draft, submission, correction loop,
//! completeness, visit, adversarial phase, opinion, committee, decision, appeal. A grant prepares an agreement
//! (table 2.5) that two signatures of the convention make active. Its life is in `actions::life`: notice, suspension, withdrawal by two
//! people, renouncement, undo, declared changes. What each changes is told before by [`consequences`], from which it is done.
//!
//! Permissions: `agreement_request:*`, `committee:*`, `agreement:*`. Events: `agreement_request.*`,
//! `committee.*`, `agreement.*`. Pages: `/agrements`, `/commissions`, `/notre-agrement`.

pub mod actions;
pub mod api;
pub mod consequences;
pub mod deadlines;
pub mod decision_rules;
pub mod documents;
pub mod dossier;
mod error;
mod events;
pub mod grid;
pub mod held;
pub mod input;
pub mod jobs;
pub mod labels;
mod papers;
pub mod partners;
pub mod queries;
pub mod state;
pub mod web;
pub mod whole;
pub mod wording;

pub use crate::rules::pieces;
pub use dossier::Dossier;
pub use error::AgreementError;
pub use held::visits_held;
