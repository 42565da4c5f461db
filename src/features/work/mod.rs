//! The documents that the program could not typeset, as the team sees them: which one, of which file, why, and the button
//! that makes it again.
//!
//! A document is ordered by the act that needs it (`events::Job`) and made by `worker::jobs`, which tries again by itself
//! when something was away. What is left here failed for good. The other kinds of work are not listed: time does them again.
//!
//! Permission: `document:redo`. Event: `job.redone`. Screen: `/documents-a-refaire`. API: `/api/v1/failed-documents`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod labels;
pub mod queries;
pub mod web;

pub use error::RedoError;
