//! Enrolments: who has a seat in a session, who waits for one, and how a seat passes to the next (domain reference, 4.3,
//! 4.8, 4.9).
//!
//! The states are in [`state`]; [`seats`] is the row that every act takes first; what time does by itself is in
//! [`actions::ring`]. Without an account, a link of a message acts (`enrolment_link`), for the program.
//!
//! Permissions: `enrolment:*`. Events: `enrolment.*`. See `docs/decisions/0040-catalogue.md` for why a session is never overbooked.

pub mod actions;
pub mod dossier;
mod error;
mod events;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod seats;
pub mod state;

pub use dossier::Dossier;
pub use error::EnrolmentError;
pub use events::{EnrolmentEvent, What};
