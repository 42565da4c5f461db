//! Teaching support: help given to the team of a structure, that it asks, that a contrôleur recommends or that the certifier imposes (domain
//! reference, 2.7).
//!
//! A support goes through [`state::TABLE`], from [`state::BEGINS`]. It has a mission, which finds who gives it; once done, the ledger of
//! ties reads it there, and whoever gave it does not inspect the structure for the months of the matrix. It may help to put gaps
//! right, which its closing tells.
//!
//! Permissions: `teaching_support:*`. Events: `teaching_support.*`, named in [`state`]. Pages: `/appuis`.

pub mod actions;
pub mod api;
pub mod dossier;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod queries;
pub mod shapes;
pub mod state;
pub mod web;

pub use dossier::Dossier;
pub use error::SupportError;
