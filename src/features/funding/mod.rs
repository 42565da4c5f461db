//! Who funds an enrolment, under which scheme, and what the funder asks for (domain reference, 4.5).
//!
//! A funding is asked for, agreed under a number with an amount and hours, or refused; its pieces are sent, each with its
//! date; it is settled once those that are due were. Hours done are those of the attendance, read and never typed: only they
//! are due. What each scheme asks for is in `rules::training::funding`; what waits for the team in [`deadlines`].
//!
//! The states are in [`state`]. Permissions: `funding:*`. Events: `funding.*`. Screens: `/financements`,
//! `/financements/nouveau`, `/financements/{reference}` and the pages of its acts.

pub mod actions;
pub mod api;
pub mod deadlines;
mod error;
mod events;
pub mod input;
pub mod labels;
pub mod queries;
pub mod record;
pub mod shapes;
pub mod state;
pub mod web;

pub use error::FundingError;
pub use record::Record;
