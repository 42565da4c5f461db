//! Enrolments: who has a seat in a session, who waits for one, and how a seat passes to the next (domain reference, 4.3,
//! 4.8, 4.9).
//!
//! The states are in [`state`]; [`seats`] is the row that every act takes first; what time does by itself is in
//! [`actions::ring`]. Without an account, a link of a message acts (`enrolment_link`), for the program.
//!
//! A structure enrols its people and reads what it pays for; measures agreed for a trainee are sealed ([`adaptations`]) and read
//! one enrolment at a time, each reading kept. Nothing is paid while an individual may withdraw ([`payments`]). What a session
//! does to its people is queued by whoever moves it ([`jobs`]).
//!
//! Permissions: `enrolment:*`. Events: `enrolment.*`. Screens: `/inscriptions`, `/inscriptions/nouvelle`,
//! `/inscriptions/dossiers/{reference}` and the pages of its acts, `/inscriptions/sessions/{number}`. See `docs/decisions/0040-catalogue.md` for why a session is never overbooked.

pub mod actions;
pub mod adaptations;
pub mod api;
pub mod costs;
pub mod dossier;
mod error;
mod events;
pub mod export;
pub mod input;
pub mod jobs;
pub mod labels;
pub mod payments;
pub mod queries;
pub mod seats;
pub mod shapes;
pub mod state;
pub mod web;

pub use dossier::Dossier;
pub use error::EnrolmentError;
pub use events::{EnrolmentEvent, EnrolmentsExported, What};
