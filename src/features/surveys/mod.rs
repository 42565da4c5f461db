//! Surveys (domain reference, 4.4 and 5.2, indicators 2 and 30): trainees at the end and some months later, those who teach,
//! companies, funders.
//!
//! What is asked is frozen when a survey is planned ([`questions`]). Whoever is asked answers by the link of a message; their
//! invitation knows that it was used, and the answer does not know by whom. Results are shown once enough people answered.
//! [`jobs`] plans, opens, reminds and closes.
//!
//! Permissions: `survey:*`. Events: `survey.*`. Screens: `/qualite/enquetes`, `/enquetes/{token}`.

pub mod actions;
pub mod api;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod link;
pub mod queries;
pub mod questions;
pub mod shapes;
pub mod state;
pub mod web;

pub use error::SurveyError;
pub use events::{SurveyEvent, What};
